export { AuditTrailNavigationItem } from './AuditTrailNavigationItem';
