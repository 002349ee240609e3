import type {
  AuditEvent,
  AuditEventFacet,
  AuditEventSearchField,
  FoundFacetValues,
} from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import type { United } from '../union/Sorted';
import type { AuditEventCriteria } from './criteria';

/** Which events, and from where in their order on. */
export interface AuditEventsRange {
  criteria: AuditEventCriteria;
  /** By id, which is by time. */
  order: 'asc' | 'desc';
  /** Start behind this id, which itself is left out. */
  after?: string;
  limit: number;
}

/** Fields that have facets. */
export const FACET_FIELDS = [
  'types',
  'categories',
  'actors',
  'resources',
  'workspaces',
  'sources',
  'outcomes',
] as const;

/** A field that has facets. */
export type FacetField = (typeof FACET_FIELDS)[number];

/** Takes note of events that are appended, in the same transaction. */
export interface AppendListener {
  /** Called with events that were not stored before, before the commit. */
  appending(tx: Knex.Transaction, events: AuditEvent[]): Promise<void>;
  /** Called with events of which another intake has told more. */
  uniting?(tx: Knex.Transaction, events: United[]): Promise<void>;
  /** Called after the commit, so many milliseconds after it was begun. */
  appended(tookMs: number): void;
}

/**
 * Keeps audit events. There is no way to change or delete one, but that what
 * another intake tells of it is added.
 */
export interface AuditEventsStore {
  /**
   * Stores events in one transaction; those that are stored already stay as
   * they are.
   *
   * @returns ids of the events that were not stored before
   */
  append(events: AuditEvent[]): Promise<Set<string>>;

  /**
   * Under which ids some events stand that an intake gave others, by those
   * others.
   */
  standingFor(ids: string[]): Promise<Map<string, string>>;

  /** Events in order, `limit` at most. */
  list(range: AuditEventsRange): Promise<AuditEvent[]>;

  /** The event with an id, if criteria choose it. */
  get(
    id: string,
    criteria: AuditEventCriteria,
  ): Promise<AuditEvent | undefined>;

  /** The events with some ids that criteria choose, in no order. */
  getAll(ids: string[], criteria: AuditEventCriteria): Promise<AuditEvent[]>;

  /** How many events there are, counted up to `limit`. */
  count(criteria: AuditEventCriteria, limit: number): Promise<number>;

  /**
   * How many events there are, counted up to `limit`; `undefined` if that is not
   * known within a time.
   */
  countWithin(
    criteria: AuditEventCriteria,
    bounds: { limit: number; milliseconds: number },
  ): Promise<number | undefined>;

  /**
   * Values of some fields among the newest `limit` events, the most frequent
   * first, 500 a field at most. An event counts for each of its resources.
   */
  facets(options: {
    criteria: AuditEventCriteria;
    fields: FacetField[];
    limit: number;
  }): Promise<Partial<Record<FacetField, AuditEventFacet[]>>>;

  /**
   * Values of a field that have each word of a text in them, in their name or
   * in their e-mail address, with events that criteria choose. The best matches
   * first: those that begin with it.
   *
   * @returns how many events they have, counted up to 1,000 for each
   */
  findValues(options: {
    field: AuditEventSearchField;
    criteria: AuditEventCriteria;
    find: string;
    /**
     * Whether values of events that criteria do not choose may be gone
     * through, which those who may not see these events could tell by the time
     * that it takes.
     */
    ofAll: boolean;
  }): Promise<FoundFacetValues>;
}
