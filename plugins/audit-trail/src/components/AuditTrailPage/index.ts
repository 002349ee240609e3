export { AuditTrailPage } from './AuditTrailPage';
export { LegacyAuditTrailPage } from './LegacyAuditTrailPage';
// What the page brings by itself, once it has something to show in it.
export { loadChart } from '../ActivityChart';
