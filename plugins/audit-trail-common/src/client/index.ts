export type {
  AuditEventHistogram,
  AuditEventHistogramBucket,
  AuditEventHistogramRequest,
  AuditEventHistogramSize,
} from './AuditEventHistogram';
export type {
  ActivitiesResponse,
  AuditEventCount,
  AuditEventFacet,
  AuditEventFacets,
  AuditEventPage,
  AuditEventSearchField,
  AuditEventWayOut,
  AuditTrailAccess,
  AuditTrailClientApi,
  CountNewerEventsRequest,
  FindFacetValuesRequest,
  FoundFacetValues,
  QueryAuditEventsRequest,
  RelatedEvents,
  WaysOutResponse,
} from './AuditTrailClientApi';
export { AuditTrailClient } from './AuditTrailClient';
export type { AuditTrailClientOptions } from './AuditTrailClient';
export { IncompleteExportError } from './AuditTrailExport';
export type { AuditTrailExport } from './AuditTrailExport';
