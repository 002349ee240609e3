import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AuditEventFilter,
  AuditTrailExportFormat,
  AuditTrailExportRecord,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEventCriteria } from '../../database/criteria';

/** What to export, and how. */
export interface ExportRequest {
  filter: AuditEventFilter;
  criteria: AuditEventCriteria;
  order: 'asc' | 'desc';
  format: AuditTrailExportFormat;
  compress?: 'gzip';
}

/** On whose behalf something is done. */
export interface ExportOptions {
  credentials: BackstageCredentials;
}

/** What a whole file is. */
export interface WholeFile {
  rows: number;
  bytes: number;
  sha256: string;
}

/** A part of a file. */
export interface FilePart {
  data: Buffer;
  /** Events whose lines have begun by now. */
  rows: number;
  /** Bytes of the file up to the end of this part. */
  bytes: number;
  /** With the last part: what the file is. */
  whole?: WholeFile;
}

/** The file of an export. */
export interface ExportFile {
  id: string;
  fileName: string;
  contentType: string;
  /** Events it will have, as far as it is known before. */
  expected?: { count: number; orMore: boolean };
  /**
   * Its parts, to be read once. The data of a part is there until the next one
   * is asked for; then its memory may be used again. Only a list with a last part is a whole file; if
   * it cannot go on, it throws.
   */
  parts: AsyncGenerator<FilePart, void>;
  /**
   * Aborted when it may not go on: it has taken too long, or the process ends.
   * Whoever waits for its reader then has to stop that, as its parts do not go
   * on until they are asked to.
   */
  expired: AbortSignal;
  /** Ends it, whether it is complete or not. */
  close(): Promise<void>;
}

/** Makes files of the trail. */
export interface Exports {
  /**
   * Begins an export, with an id for it.
   *
   * @throws `NotAllowedError` if the caller may not export
   */
  begin(
    request: ExportRequest & { id: string },
    options: ExportOptions,
  ): Promise<ExportFile>;

  /**
   * What is known of an export of the caller's own.
   *
   * @throws `NotFoundError` if there is none
   */
  get(
    request: { id: string },
    options: ExportOptions,
  ): Promise<AuditTrailExportRecord>;
}
