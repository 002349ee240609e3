export { AuditTrailPage } from './AuditTrailPage';
export { LegacyAuditTrailPage } from './LegacyAuditTrailPage';
