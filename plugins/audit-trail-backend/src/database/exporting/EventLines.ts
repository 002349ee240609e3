import type { AuditTrailExportFormat } from 'backstage-plugin-audit-trail-common';
import type { AuditEventCriteria } from '../criteria';

/** Which events, and how their lines are to be. */
export interface EventLinesRequest {
  criteria: AuditEventCriteria;
  /** By id, which is by time. */
  order: 'asc' | 'desc';
  format: AuditTrailExportFormat;
}

/** Some lines, one an event. */
export interface LinesChunk {
  rows: number;
  parts: Buffer[];
  /** Takes back a part that nobody reads any more, so that it is filled anew. */
  giveBack?(part: Buffer): void;
}

/** Reads events as the lines of a file. */
export interface EventLines {
  /**
   * All events that criteria choose at the moment this begins, each once, in
   * chunks. A list that ends is complete; if it cannot go on, it throws.
   *
   * @param signal - stops a query that runs, so that this ends soon
   */
  read(
    request: EventLinesRequest,
    signal: AbortSignal,
  ): AsyncGenerator<LinesChunk, void>;
}
