export type {
  AuditEventHistogram,
  AuditEventHistogramBucket,
  AuditEventHistogramRequest,
  AuditEventHistogramSize,
} from './AuditEventHistogram';
export type {
  ActivitiesResponse,
  AuditEventFacet,
  AuditEventFacets,
  AuditEventPage,
  AuditEventSearchField,
  AuditEventWayOut,
  AuditTrailAccess,
  AuditTrailClientApi,
  FindFacetValuesRequest,
  FoundFacetValues,
  QueryAuditEventsRequest,
  WaysOutResponse,
} from './AuditTrailClientApi';
export { AuditTrailClient } from './AuditTrailClient';
export type { AuditTrailClientOptions } from './AuditTrailClient';
export { IncompleteExportError } from './AuditTrailExport';
export type { AuditTrailExport } from './AuditTrailExport';
