import type { AuditTrailExportFormat } from 'backstage-plugin-audit-trail-common';
import { CSV_HEADER, CSV_SQL, csvLine } from './csvLines';
import { JSON_SQL, jsonLine } from './jsonLines';
import type { ReadEventRow } from '../database/auditEventRow';

/** How the lines of a format are made, by Node.js and by PostgreSQL. */
export interface LineFormat {
  line(row: ReadEventRow): string;
  /** The select list of the lines. */
  sql: string;
  /** Options of the `COPY` that writes them. */
  copyOptions: string;
  /** What PostgreSQL's line feed at the end of a line becomes. */
  lineEnd: '\r\n' | '\n';
  /** Bytes of a line before the event's id. */
  idOffset: number;
}

/** What a file has around its lines. */
export interface FileFormat {
  contentType: string;
  head: string;
  /** Before each line but the first. */
  separator: string;
  /** After the lines, if all of them are there. */
  tail(rows: number): string;
}

const JSON_LINES: LineFormat = {
  line: jsonLine,
  sql: JSON_SQL,
  // JSON has none of these characters, so nothing is quoted.
  copyOptions: `format csv, quote E'\\x01', escape E'\\x01', delimiter E'\\x02'`,
  lineEnd: '\n',
  idOffset: '{"id":"'.length,
};

const LINE_FORMATS: Record<AuditTrailExportFormat, LineFormat> = {
  csv: {
    line: csvLine,
    sql: CSV_SQL,
    copyOptions: 'format csv',
    lineEnd: '\r\n',
    idOffset: 0,
  },
  json: JSON_LINES,
  ndjson: JSON_LINES,
};

const manifest = (rows: number) => JSON.stringify({ complete: true, rows });

const FILE_FORMATS: Record<AuditTrailExportFormat, FileFormat> = {
  csv: {
    contentType: 'text/csv; charset=utf-8; header=present',
    head: CSV_HEADER,
    separator: '',
    // A line that is no event would be one more event to whoever reads it.
    tail: () => '',
  },
  ndjson: {
    contentType: 'application/x-ndjson; charset=utf-8',
    head: '',
    separator: '',
    tail: rows => `{"manifest":${manifest(rows)}}\n`,
  },
  json: {
    contentType: 'application/json; charset=utf-8',
    head: '{"items":[\n',
    separator: ',',
    tail: rows => `],"manifest":${manifest(rows)}}\n`,
  },
};

/** How the lines of a format are made. */
export function lineFormat(format: AuditTrailExportFormat): LineFormat {
  return LINE_FORMATS[format];
}

/** What a file of a format has around its lines. */
export function fileFormat(format: AuditTrailExportFormat): FileFormat {
  return FILE_FORMATS[format];
}
