export type {
  ActivitiesResponse,
  AuditEventFacet,
  AuditEventFacets,
  AuditEventPage,
  AuditTrailAccess,
  AuditTrailClientApi,
  QueryAuditEventsRequest,
} from './AuditTrailClientApi';
export { AuditTrailClient } from './AuditTrailClient';
export type { AuditTrailClientOptions } from './AuditTrailClient';
