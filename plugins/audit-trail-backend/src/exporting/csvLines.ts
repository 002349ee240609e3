import type { ReadEventRow } from '../database/auditEventRow';
import { EXPORT_VALUES, type ExportValueName } from './exportValues';
import { guardFormula } from './formulaGuard';

/** A column; guarded if somebody else chose what is in it. */
type Column = readonly [name: ExportValueName, guarded?: 'guarded'];

/**
 * The first columns of the file. Most of them follow from a few stored values,
 * and are made of those in Node.js, where that costs less than in the database.
 */
const HEAD: readonly Column[] = [
  ['id'],
  ['occurredAt'],
  ['recordedAt'],
  ['type', 'guarded'],
  ['label', 'guarded'],
  ['originalType', 'guarded'],
  ['resourceKey'],
  ['resourceType'],
  ['resourceId', 'guarded'],
  ['resourceEntityRef', 'guarded'],
];

/** The other columns, which are as they are stored. */
const REST: readonly Column[] = [
  ['resourceName', 'guarded'],
  ['resources'],
  ['category', 'guarded'],
  ['verb', 'guarded'],
  ['harmful'],
  ['outcome'],
  ['actorType'],
  ['actorId', 'guarded'],
  ['actorName', 'guarded'],
  ['actorEmail', 'guarded'],
  ['actorEntityRef', 'guarded'],
  ['workspace', 'guarded'],
  ['source', 'guarded'],
  ['intakes'],
  ['severity'],
  ['correlationId', 'guarded'],
  ['changes'],
  ['details'],
];

/** Columns of a CSV file, in order: stable, so that files can be joined. */
export const CSV_COLUMNS = [...HEAD, ...REST].map(([name]) => name);

/** The first line of the file. */
export const CSV_HEADER = `${CSV_COLUMNS.join(',')}\r\n`;

/**
 * Whether each of the other columns is guarded, up to the last one that is. What
 * comes behind need not be looked at.
 */
export const REST_GUARDED: readonly boolean[] = REST.slice(
  0,
  REST.findLastIndex(([, guarded]) => guarded) + 1,
).map(([, guarded]) => Boolean(guarded));

/**
 * The select list for `COPY … (FORMAT csv)`: what the first columns are made of,
 * and the others as they are stored. `CopiedCsvLines` makes the former and
 * guards both, as to look at a first character takes PostgreSQL longer.
 */
export const CSV_SQL = [
  'audit_events.id',
  'audit_events.recorded_at',
  'audit_events.type',
  'audit_events.original_type',
  'audit_events.label',
  'audit_events.resource_key',
  ...REST.map(([name]) => EXPORT_VALUES[name].sql),
].join(', ');

/** A cell as RFC 4180 has it. As in `COPY`, nothing and an empty text differ. */
export function csvCell(value: string | null | undefined): string {
  if (value === undefined || value === null) {
    return '';
  }
  return value === '' || /[",\r\n]/.test(value)
    ? `"${value.replaceAll('"', '""')}"`
    : value;
}

/** A cell that no spreadsheet runs as a formula. */
export function guardedCell(value: string | null | undefined): string {
  return csvCell(value && guardFormula(value));
}

const writers = [...HEAD, ...REST].map(([name, guarded]) => {
  const { read }: { read(row: ReadEventRow): string | null | undefined } =
    EXPORT_VALUES[name];
  const write = guarded ? guardedCell : csvCell;
  return (row: ReadEventRow) => write(read(row));
});

/** A row as a line, which ends with a line feed as PostgreSQL's does. */
export function csvLine(row: ReadEventRow): string {
  return `${writers.map(write => write(row)).join(',')}\n`;
}
