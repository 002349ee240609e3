import type { AuditEventFilter } from '../filter';

/**
 * The length of a histogram's buckets, such as three hours.
 *
 * @public
 */
export interface AuditEventHistogramSize {
  unit: 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
  count: number;
}

/**
 * The events of one stretch of time.
 *
 * @public
 */
export interface AuditEventHistogramBucket {
  /** Earliest time, included: as a filter takes it, which then chooses these. */
  from: string;
  /** Latest time, included. */
  to: string;
  /** Events of that time. */
  total: number;
  /** Those of them that are harmful. */
  harmful: number;
  /** Categories that have any, the most frequent first. */
  byCategory: { category: string; count: number }[];
}

/**
 * How many events there were when.
 *
 * @public
 */
export interface AuditEventHistogram {
  /** Without gaps, in the order of time; none if there is no event at all. */
  buckets: AuditEventHistogramBucket[];
  /** The first and the last bucket are cut where the filter's time ends. */
  bucketSize: AuditEventHistogramSize;
  /** The zone whose days and hours the buckets follow. */
  timeZone: string;
  /** Events of all buckets. */
  total: number;
  /** Whether every event that the filter chooses is counted. */
  complete: boolean;
  /** Before this time events are not counted, given if not `complete`. */
  countedFrom?: string;
}

/**
 * Which events to count by time, and how.
 *
 * @public
 */
export interface AuditEventHistogramRequest {
  filter?: AuditEventFilter;
  /** A catalog entity, as in {@link QueryAuditEventsRequest}. */
  entityRef?: string;
  /** IANA name of the zone whose days and hours to follow; UTC if not given. */
  timeZone?: string;
  /** Most buckets, give or take one: 1 to 200, 100 if not given. */
  buckets?: number;
}
