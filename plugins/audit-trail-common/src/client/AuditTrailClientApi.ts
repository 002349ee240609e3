import type { Activity, ActivityCategory } from '../activities';
import type { CoverageResponse } from '../coverage';
import type { AuditEvent } from '../events';
import type { AuditTrailExportRecord, ExportEventsRequest } from '../exporting';
import type { AuditEventFilter, AuditEventFilterPart } from '../filter';
import type {
  DeliveryPage,
  Destination,
  DestinationPreview,
  DestinationsResponse,
  DestinationTestResult,
  PreviewDestinationRequest,
  QueryDeliveriesRequest,
  RedriveRequest,
  RedriveResponse,
  UpdateDestinationRequest,
} from '../forwarding';
import type { SegmentAppWorkspace } from '../resources';
import type {
  CreateSavedViewRequest,
  SavedView,
  SavedViewsResponse,
  UpdateSavedViewRequest,
} from '../views';
import type { AuditTrailExport } from './AuditTrailExport';
import type {
  AuditEventHistogram,
  AuditEventHistogramRequest,
} from './AuditEventHistogram';

/**
 * What to query, and which page of it.
 *
 * @public
 */
export interface QueryAuditEventsRequest {
  filter?: AuditEventFilter;
  /**
   * A catalog entity, as an entity ref: narrows the filter to events of the
   * resources that the entity stands for.
   */
  entityRef?: string;
  /** Events a page: 1 to 500, 50 if not given. */
  limit?: number;
  /** A page's `nextCursor` or `prevCursor`, with the same filter and order. */
  cursor?: string;
  /** By time: newest first (`desc`, if not given) or oldest first. */
  order?: 'asc' | 'desc';
}

/**
 * One page of audit events.
 *
 * @public
 */
export interface AuditEventPage {
  items: AuditEvent[];
  pageInfo: {
    nextCursor?: string;
    prevCursor?: string;
    /**
     * Given on the first page of a list with the newest events first: what to
     * count newer events with.
     */
    newerCursor?: string;
  };
  /**
   * Events that the filter chooses on all pages, counted up to 10,000; up to
   * 1,000 for those who see only what they own.
   */
  totalItems: number;
  /** Whether there are more than `totalItems` says. */
  totalItemsCapped: boolean;
}

/**
 * One choice of a filter.
 *
 * @public
 */
export interface AuditEventFacet {
  /** The value to filter by. */
  value: string;
  /** The value for people, if it has a name. */
  label?: string;
  /** Kind of actor or resource. */
  type?: string;
  /** Events with the value. */
  count: number;
  /** Whether there are more than `count` says. */
  countCapped?: boolean;
}

/**
 * The choices of a filter with counts, each list with the most frequent first
 * and counted as if the filter did not choose by that field itself.
 *
 * @public
 */
export interface AuditEventFacets {
  types: AuditEventFacet[];
  categories: AuditEventFacet[];
  actors: AuditEventFacet[];
  /** An event counts for each of the resources that it belongs to. */
  resources: AuditEventFacet[];
  workspaces: AuditEventFacet[];
  sources: AuditEventFacet[];
  outcomes: AuditEventFacet[];
  /**
   * Whether every event was counted; otherwise counts and values are those of
   * the newest 20,000 events that each list is about.
   */
  complete: boolean;
  /** Events that the whole filter chooses, counted up to 20,000. */
  countedEvents: number;
}

/**
 * Fields whose values can be searched.
 *
 * @public
 */
export type AuditEventSearchField = 'actors' | 'resources';

/**
 * Which values of a field to find.
 *
 * @public
 */
export interface FindFacetValuesRequest
  extends Pick<QueryAuditEventsRequest, 'filter' | 'entityRef'> {
  field: AuditEventSearchField;
  /** What stands in the value, its name or its e-mail address. */
  find: string;
}

/**
 * Values of a field that were found, the best matches first, each with events
 * that the filter chooses apart from what it says of the field itself.
 *
 * @public
 */
export interface FoundFacetValues {
  items: AuditEventFacet[];
  /** Whether these are all; otherwise one has to look for something closer. */
  complete: boolean;
}

/**
 * A part of a filter without which it would choose some events.
 *
 * @public
 */
export interface AuditEventWayOut {
  /** What to drop. */
  drop: AuditEventFilterPart;
  /** Events that the filter then chooses, counted as those of a page. */
  totalItems: number;
  totalItemsCapped: boolean;
}

/**
 * What there is to see where a filter chooses nothing.
 *
 * @public
 */
export interface WaysOutResponse {
  /** Whether there is any event at all. */
  anything: boolean;
  /** Empty if the filter chooses something. */
  items: AuditEventWayOut[];
}

/**
 * How many events there are.
 *
 * @public
 */
export interface AuditEventCount {
  totalItems: number;
  /** Whether there are more than `totalItems` says. */
  totalItemsCapped: boolean;
}

/**
 * Which newer events to count.
 *
 * @public
 */
export interface CountNewerEventsRequest
  extends Pick<QueryAuditEventsRequest, 'filter' | 'entityRef'> {
  /** The `newerCursor` of a page with the same filter. */
  cursor: string;
}

/**
 * What happened around an event: from an hour before it to an hour after it,
 * the event itself included, views of the trail left out.
 *
 * @public
 */
export interface RelatedEvents {
  from: string;
  to: string;
  /** Events of the event's primary resource. */
  resource: AuditEventCount;
  /** Events of the event's actor. */
  actor: AuditEventCount;
}

/**
 * The catalogue of activities with those that plugins and services have
 * registered, and the types stored that are not in it.
 *
 * @public
 */
export interface ActivitiesResponse {
  items: Activity[];
  /** The areas of the activities, in the order to show them. */
  categories: ActivityCategory[];
  unmapped: { type: string; count: number }[];
}

/**
 * What the caller may see of the trail.
 *
 * @public
 */
export interface AuditTrailAccess {
  /** Whether the Audit Trail page serves the caller. */
  page: boolean;
  /** Whether the caller may export what they see. */
  export: boolean;
  /**
   * Why the page does not serve the caller: no Owner is configured at all, the
   * caller is not one of them, or the portal's policy says no.
   */
  reason?: 'no-owners-configured' | 'not-an-owner' | 'denied-by-policy';
  /** Whether the caller may see where the trail is forwarded to. */
  forwarding?: boolean;
  /** Whether the caller may change and test that as well. */
  destinationUpdate?: boolean;
  /** Whether the caller may send dead letters again. */
  deliveryRedrive?: boolean;
  /**
   * For how many days events are kept; for ever if left out. There may be a
   * limit to their number, too.
   */
  retentionDays?: number;
  /** Whom to ask for access, as entity refs: the configured Owners. */
  owners: string[];
  /**
   * Whose pages in the catalog the trail serves the caller on: those of all
   * entities, of those that one of `ownerRefs` owns, or of none.
   */
  entities: 'all' | 'owned' | 'none';
  /**
   * The caller, their groups and the groups above those, as entity refs in
   * lower case; given if `entities` is `owned`.
   */
  ownerRefs?: string[];
  /**
   * The workspaces of Segment that links lead to, as they are configured; left
   * out for those who read nothing of the trail.
   */
  segmentWorkspaces?: SegmentAppWorkspace[];
}

/**
 * Reads the Audit Trail through its HTTP API.
 *
 * @public
 */
export interface AuditTrailClientApi {
  /** One page of the events that the caller may see. */
  queryEvents(request?: QueryAuditEventsRequest): Promise<AuditEventPage>;
  /**
   * One event.
   *
   * @throws `ResponseError` with status 404 if there is none that the caller
   * may see
   */
  getEvent(id: string): Promise<AuditEvent>;
  /** How many events came to a list since its first page was read. */
  countNewerEvents(request: CountNewerEventsRequest): Promise<AuditEventCount>;
  /**
   * How much happened around an event, as far as the caller may see it.
   *
   * @param options - an entity ref to count events of that entity only
   * @throws `ResponseError` with status 404 if there is no such event that the
   * caller may see
   */
  getRelatedEvents(
    id: string,
    options?: Pick<QueryAuditEventsRequest, 'entityRef'>,
  ): Promise<RelatedEvents>;
  /** The choices of a filter with counts. */
  getFacets(
    request?: Pick<QueryAuditEventsRequest, 'filter' | 'entityRef'>,
  ): Promise<AuditEventFacets>;
  /**
   * Values of a field by what stands in them, among all events rather than the
   * newest.
   */
  findFacetValues(request: FindFacetValuesRequest): Promise<FoundFacetValues>;
  /** What to drop of a filter that chooses nothing. */
  getWaysOut(
    request?: Pick<QueryAuditEventsRequest, 'filter' | 'entityRef'>,
  ): Promise<WaysOutResponse>;
  /** How many events there were when. */
  getHistogram(
    request?: AuditEventHistogramRequest,
  ): Promise<AuditEventHistogram>;
  /**
   * The catalogue of activities and, unless `unmapped` is false, which takes
   * less time, the stored types that are not in it.
   */
  getActivities(options?: { unmapped?: boolean }): Promise<ActivitiesResponse>;
  /** Which time the trail covers completely. */
  getCoverage(): Promise<CoverageResponse>;
  /** What the caller may see of the trail. */
  getAccess(): Promise<AuditTrailAccess>;
  /**
   * Begins an export of the filtered trail.
   *
   * @example
   *
   * ```ts
   * const exported = await client.exportEvents({ format: 'ndjson' });
   * const file = await open(exported.fileName, 'wx');
   * // Throws unless the whole file has come.
   * const { rows, sha256 } = await exported.read(part => file.write(part));
   * ```
   *
   * @param options - `signal` cancels the export
   * @throws `ResponseError`, with status 429 if as many exports run already as
   * may at once
   */
  exportEvents(
    request?: ExportEventsRequest,
    options?: { signal?: AbortSignal },
  ): Promise<AuditTrailExport>;
  /**
   * What the trail knows of an export that the caller has begun within the last
   * seven days.
   *
   * @throws `ResponseError` with status 404 if there is none
   */
  getExport(id: string): Promise<AuditTrailExportRecord>;
  /** Where the trail is forwarded to, and how that is going. For Owners. */
  getDestinations(): Promise<DestinationsResponse>;
  /** Changes a destination. For Owners. */
  updateDestination(
    id: string,
    changes: UpdateDestinationRequest,
  ): Promise<Destination>;
  /**
   * How many of the events from a moment on a filter would send to a
   * destination. For Owners.
   */
  previewDestination(
    id: string,
    request: PreviewDestinationRequest,
  ): Promise<DestinationPreview>;
  /** Sends a marked event and tells what that shows. For Owners. */
  testDestination(id: string): Promise<DestinationTestResult>;
  /** What became of events on their way to destinations. For Owners. */
  queryDeliveries(request: QueryDeliveriesRequest): Promise<DeliveryPage>;
  /** Sends dead letters again. For Owners. */
  redriveDeliveries(request: RedriveRequest): Promise<RedriveResponse>;
  /** The caller's own views, and those that are shared with them. */
  getSavedViews(): Promise<SavedViewsResponse>;
  /**
   * Keeps a view.
   *
   * @throws `ResponseError` with status 409 if its name is taken
   */
  createSavedView(request: CreateSavedViewRequest): Promise<SavedView>;
  /**
   * Changes a view.
   *
   * @throws `ResponseError` with status 409 if it is another version by now, or
   * its name is taken
   */
  updateSavedView(
    id: string,
    changes: UpdateSavedViewRequest,
  ): Promise<SavedView>;
  /**
   * Deletes a view.
   *
   * @throws `ResponseError` with status 409 if it is another version by now
   */
  deleteSavedView(id: string, version: number): Promise<void>;
}
