export { EntityAuditTrailCard } from './EntityAuditTrailCard';
