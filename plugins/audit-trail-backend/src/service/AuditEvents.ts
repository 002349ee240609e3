import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AuditEvent,
  AuditEventCount,
  AuditEventFacets,
  AuditEventFilterPart,
  AuditEventSearchField,
  FoundFacetValues,
  RelatedEvents,
  WaysOutResponse,
  AuditEventHistogram,
} from 'backstage-plugin-audit-trail-common';
import type { FacetField } from '../database/AuditEventsStore';
import type { AuditEventCriteria } from '../database/criteria';
import type { HistogramRequest } from '../histogram/readHistogram';

/** A place between two events of an ordered list. */
export interface PagePosition {
  /** The event next to it. */
  id: string;
  /** Whether the page lies behind or before that event. */
  direction: 'next' | 'prev';
}

/** Which page of which events. */
export interface PageRequest {
  criteria: AuditEventCriteria;
  order: 'asc' | 'desc';
  limit: number;
  /** Where the page lies; the first page if left out. */
  position?: PagePosition;
}

/** One page of events. */
export interface Page {
  items: AuditEvent[];
  /** Where the next page lies, if there is one. */
  next?: PagePosition;
  /** Where the previous page lies, if there is one. */
  previous?: PagePosition;
  totalItems: number;
  totalItemsCapped: boolean;
}

/** Which facets of which events. */
export interface FacetRequest {
  criteria: AuditEventCriteria;
  /** Criteria for the facet of a field, where they differ from `criteria`. */
  criteriaByField: Partial<Record<FacetField, AuditEventCriteria>>;
}

/** Which values of a field to find. */
export interface ValuesRequest {
  /** The whole choice. */
  criteria: AuditEventCriteria;
  field: AuditEventSearchField;
  /** The choice, apart from what it says of the field. */
  others: AuditEventCriteria;
  find: string;
  /** Whether the caller may see every event; told by who decides that. */
  ofAll?: boolean;
}

/** Which events to count that came after another. */
export interface NewerRequest {
  criteria: AuditEventCriteria;
  /** The newest event that is known. */
  id: string;
}

/** A choice of nothing, and what could be dropped of it. */
export interface WaysOutRequest {
  criteria: AuditEventCriteria;
  /** What is there if all of it is dropped. */
  anything: AuditEventCriteria;
  /** The choice without one of its parts. */
  ways: { drop: AuditEventFilterPart; criteria: AuditEventCriteria }[];
}

/** Facets of no events at all. */
export const NO_FACETS: AuditEventFacets = {
  types: [],
  categories: [],
  actors: [],
  resources: [],
  workspaces: [],
  sources: [],
  outcomes: [],
  complete: true,
  countedEvents: 0,
};

/** On whose behalf something is done. */
export interface RequestOptions {
  credentials: BackstageCredentials;
  /** The action that asks in their name, if one does. */
  action?: string;
}

/** Reads the trail. */
export interface AuditEvents {
  page(request: PageRequest, options: RequestOptions): Promise<Page>;

  /** @throws `NotFoundError` if criteria choose no event with this id */
  get(
    request: { id: string; criteria: AuditEventCriteria },
    options: RequestOptions,
  ): Promise<AuditEvent>;

  /**
   * How much happened around an event, among those that criteria choose.
   *
   * @throws `NotFoundError` if criteria choose no event with this id
   */
  related(
    request: { id: string; criteria: AuditEventCriteria },
    options: RequestOptions,
  ): Promise<RelatedEvents>;

  /** How many events there are that are newer than one. */
  newer(
    request: NewerRequest,
    options: RequestOptions,
  ): Promise<AuditEventCount>;

  facets(
    request: FacetRequest,
    options: RequestOptions,
  ): Promise<AuditEventFacets>;

  /** Values of a field by what stands in them. */
  values(
    request: ValuesRequest,
    options: RequestOptions,
  ): Promise<FoundFacetValues>;

  /** What to drop of a choice of nothing; empty if it chooses something. */
  waysOut(
    request: WaysOutRequest,
    options: RequestOptions,
  ): Promise<WaysOutResponse>;

  /** How many events there were when. */
  histogram(
    request: HistogramRequest,
    options: RequestOptions,
  ): Promise<AuditEventHistogram>;

  /** Types of stored events that are none of some known ones. */
  unmappedTypes(
    request: { criteria: AuditEventCriteria; known: string[] },
    options: RequestOptions,
  ): Promise<{ type: string; count: number }[]>;
}
