export type {
  AuditTrailRecord,
  AuditTrailResource,
  AuditTrailService,
} from './AuditTrailService';
export { auditTrailServiceRef } from './auditTrailServiceRef';
