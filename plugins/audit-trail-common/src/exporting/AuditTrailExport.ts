import type { AuditEventFilter } from '../filter';

/**
 * Every format of an export.
 *
 * @public
 */
export const EXPORT_FORMATS = ['csv', 'ndjson', 'json'] as const;

/**
 * Format of an export: CSV for spreadsheets, one JSON object a line, or one
 * JSON document.
 *
 * @public
 */
export type AuditTrailExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * What to export, and how.
 *
 * @public
 */
export interface ExportEventsRequest {
  filter?: AuditEventFilter;
  /** A catalog entity, as an entity ref; see {@link QueryAuditEventsRequest}. */
  entityRef?: string;
  /** By time: newest first (`desc`, if not given) or oldest first. */
  order?: 'asc' | 'desc';
  /** `csv` if not given. */
  format?: AuditTrailExportFormat;
  /** A file that is compressed, such as `….csv.gz`. */
  compress?: 'gzip';
}

/**
 * What the trail knows of an export. Only a file of as many bytes as it says,
 * with the status `complete`, is the whole file.
 *
 * @public
 */
export interface AuditTrailExportRecord {
  id: string;
  /**
   * Whether lines are still being sent, the file is complete, or it has ended
   * before it was.
   */
  status: 'running' | 'complete' | 'failed';
  format: AuditTrailExportFormat;
  /** Left out if the file is not compressed. */
  compress?: 'gzip';
  /** ISO 8601, UTC, milliseconds. */
  startedAt: string;
  /** ISO 8601, UTC, milliseconds; left out while it runs. */
  endedAt?: string;
  /** Events in the file, or sent so far. */
  rows: number;
  /** Bytes of the file, or sent so far. */
  bytes: number;
  /** SHA-256 of the file, in hexadecimal digits; there if it is complete. */
  sha256?: string;
  /** Why it ended before it was complete. */
  reason?: string;
}
