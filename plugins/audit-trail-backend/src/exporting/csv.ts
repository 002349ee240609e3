import type { Transform } from 'node:stream';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import { stringify } from 'csv-stringify';

const json = (value: unknown) =>
  value === undefined ? undefined : JSON.stringify(value);

/** Columns of the file, in order: stable, so that files can be joined. */
const COLUMNS: Record<string, (event: AuditEvent) => string | undefined> = {
  id: event => event.id,
  occurredAt: event => event.occurredAt,
  recordedAt: event => event.recordedAt,
  type: event => event.type,
  label: event => event.label,
  originalType: event => event.originalType,
  category: event => event.category,
  verb: event => event.verb,
  harmful: event => String(event.harmful),
  outcome: event => event.outcome,
  workspace: event => event.workspace,
  source: event => event.source,
  intakes: event => event.intakes.join(' '),
  actorType: event => event.actor.type,
  actorId: event => event.actor.id,
  actorName: event => event.actor.name,
  actorEmail: event => event.actor.email,
  actorEntityRef: event => event.actor.entityRef,
  resourceKey: event => event.resource.key,
  resourceType: event => event.resource.type,
  resourceId: event => event.resource.id,
  resourceName: event => event.resource.name,
  resourceEntityRef: event => event.resource.entityRef,
  resources: event => event.resources.join(' '),
  severity: event => event.severity,
  correlationId: event => event.correlationId,
  changes: event => json(event.changes),
  details: event => json(event.details),
};

const readers = Object.values(COLUMNS);

/** An event as the cells of a line. */
export function toCsvRow(event: AuditEvent): (string | undefined)[] {
  return readers.map(read => read(event));
}

/**
 * Turns lines of cells into CSV as RFC 4180 has it: a header, CRLF, quotes
 * where needed. A cell that a spreadsheet would run as a formula gets an
 * apostrophe before it.
 */
export function createCsvStream(): Transform {
  return stringify({
    header: true,
    columns: Object.keys(COLUMNS),
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}
