export {
  knownAccess,
  knownAccessOrMissed,
  latestAccess,
  loadAccess,
  onAccess,
  wasAccessMissed,
} from './accessStore';
export { auditTrailApiRef, createAuditTrailApi } from './AuditTrailApi';
export type { AuditTrailApi } from './AuditTrailApi';
