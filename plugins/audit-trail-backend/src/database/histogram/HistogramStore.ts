import type { AuditEventCriteria } from '../criteria';

/** Events of one bucket that have a category in common. */
export interface HistogramCount {
  /** Index of the bucket. */
  bucket: number;
  category: string;
  harmful: boolean;
  count: number;
}

/** What was counted. */
export interface HistogramCounts {
  counts: HistogramCount[];
  /**
   * If there were too many events to count all: when the earliest happened
   * that was, in milliseconds since 1970.
   */
  countedFrom?: number;
}

/** Counts events by time. */
export interface HistogramStore {
  /**
   * When the earliest happened of the events that criteria choose and that are
   * not too many to count; to the hour where that is enough.
   */
  earliest(criteria: AuditEventCriteria): Promise<number | undefined>;

  /** When the latest happened of the events that criteria choose. */
  latest(criteria: AuditEventCriteria): Promise<number | undefined>;

  /** Counts events by bucket, category and whether they are harmful. */
  count(options: {
    criteria: AuditEventCriteria;
    /** Where each bucket starts, in milliseconds since 1970, in order. */
    starts: number[];
    /** Where the last one ends; no longer part of it. */
    end: number;
  }): Promise<HistogramCounts>;
}
