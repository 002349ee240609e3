export { EntityAuditTrailContent } from './EntityAuditTrailContent';
