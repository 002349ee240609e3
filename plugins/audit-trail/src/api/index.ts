export { auditTrailApiRef, createAuditTrailApi } from './AuditTrailApi';
export type { AuditTrailApi } from './AuditTrailApi';
