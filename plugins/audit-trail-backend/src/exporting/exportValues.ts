import { resolveActivity } from 'backstage-plugin-audit-trail-common';
import { auditEventIdTime } from '../database/auditEventId';
import type { ReadEventRow } from '../database/auditEventRow';

/** A part of a line, as Node.js makes it of a row and as PostgreSQL does. */
export interface ExportValue {
  read(row: ReadEventRow): string | null | undefined;
  /** An expression of type text, on `audit_events`. */
  sql: string;
}

/** Name of the setting with the labels of stored types, as a JSON object. */
export const LABELS_SETTING = 'audit_trail.export_labels';

const timeSql = (expression: string) =>
  `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const column = <Name extends keyof ReadEventRow>(name: Name): ExportValue => ({
  read: row => row[name] as string | null,
  sql: `audit_events.${name}`,
});

/** Kind and id of the primary resource, out of its key. */
export function resourceKeyParts(key: string): { type: string; id: string } {
  const [namespace, type] = key.split(':', 2);
  return { type, id: key.slice(namespace.length + type.length + 2) };
}

const typeSql = `split_part(audit_events.resource_key, ':', 2)`;

/** The label of an activity that stands in the catalogue. */
export function catalogueLabel(type: string): string | undefined {
  const activity = resolveActivity(type);
  return activity.mapped ? activity.label : undefined;
}

/**
 * What the lines of every format are made of. Both ways to make a line give the
 * same bytes, which a test holds them to.
 */
export const EXPORT_VALUES = {
  id: { ...column('id'), sql: 'audit_events.id::text' },
  occurredAt: {
    read: ({ id }) => new Date(auditEventIdTime(id)).toISOString(),
    // The time in the id, which none before 1970 is in.
    sql: timeSql(`greatest(audit_events.occurred_at, 'epoch'::timestamptz)`),
  },
  recordedAt: {
    read: row => new Date(row.recorded_at).toISOString(),
    sql: timeSql('audit_events.recorded_at'),
  },
  type: column('type'),
  label: {
    read: row => catalogueLabel(row.type) ?? row.label ?? row.original_type,
    // The sub-query reads the setting once, not for each row.
    sql: `coalesce((select current_setting('${LABELS_SETTING}')::jsonb) ->> audit_events.type, audit_events.label, audit_events.original_type)`,
  },
  originalType: column('original_type'),
  category: column('category'),
  verb: column('verb'),
  harmful: {
    read: row => String(Boolean(row.harmful)),
    sql: 'audit_events.harmful::text',
  },
  outcome: column('outcome'),
  workspace: column('workspace'),
  source: column('source'),
  intakes: column('intakes'),
  actorType: column('actor_type'),
  actorId: column('actor_id'),
  actorName: column('actor_name'),
  actorEmail: column('actor_email'),
  actorEntityRef: column('actor_entity_ref'),
  resourceKey: column('resource_key'),
  resourceType: {
    read: row => resourceKeyParts(row.resource_key).type,
    sql: typeSql,
  },
  resourceId: {
    read: row => resourceKeyParts(row.resource_key).id,
    sql: `substr(audit_events.resource_key, length(split_part(audit_events.resource_key, ':', 1)) + length(${typeSql}) + 3)`,
  },
  resourceName: column('resource_name'),
  resourceEntityRef: {
    read: row => row.resourceEntityRef,
    sql: `(select min(entity_ref) from audit_resource_owners where audit_resource_owners.resource_key = audit_events.resource_key)`,
  },
  resources: column('resources'),
  severity: column('severity'),
  correlationId: column('correlation_id'),
  changes: column('changes'),
  details: column('details'),
} satisfies Record<string, ExportValue>;

/** Name of a value, which is also that of its column in a CSV file. */
export type ExportValueName = keyof typeof EXPORT_VALUES;
