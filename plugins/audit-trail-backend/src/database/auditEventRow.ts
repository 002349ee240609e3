import {
  auditEventSearchText,
  parseResourceKey,
  resolveActivity,
  type AuditEvent,
} from 'backstage-plugin-audit-trail-common';
import { auditEventIdTime } from './auditEventId';

/** A row of `audit_events`. */
export interface AuditEventRow {
  id: string;
  occurred_at: Date;
  /** A `Date` on PostgreSQL, milliseconds since 1970 on SQLite. */
  recorded_at: Date | number;
  type: string;
  original_type: string;
  category: string;
  verb: string;
  /** 0 or 1 on SQLite. */
  harmful: boolean | 0 | 1;
  outcome: AuditEvent['outcome'];
  workspace: string;
  source: string;
  intakes: string;
  actor_type: AuditEvent['actor']['type'];
  actor_id: string;
  actor_name: string | null;
  actor_email: string | null;
  actor_entity_ref: string | null;
  resource_key: string;
  resource_name: string | null;
  resources: string;
  changes: string | null;
  severity: AuditEvent['severity'] | null;
  correlation_id: string | null;
  details: string;
  search_text: string;
  /** Where neither the catalogue nor `original_type` says it. */
  label: string | null;
}

/** The columns an event is read from: all but those that only serve search. */
export const AUDIT_EVENT_COLUMNS = [
  'id',
  'recorded_at',
  'type',
  'original_type',
  'category',
  'verb',
  'harmful',
  'outcome',
  'workspace',
  'source',
  'intakes',
  'actor_type',
  'actor_id',
  'actor_name',
  'actor_email',
  'actor_entity_ref',
  'resource_key',
  'resource_name',
  'resources',
  'changes',
  'severity',
  'correlation_id',
  'details',
  'label',
] as const;

/** What an event is read from. */
export interface ReadEventRow
  extends Pick<AuditEventRow, (typeof AUDIT_EVENT_COLUMNS)[number]> {
  /** The entity that stands for the primary resource, if there is one. */
  resourceEntityRef?: string | null;
}

/** The activity for people, as the catalogue or its source spells it. */
function labelOf(type: string, originalType: string): string {
  const activity = resolveActivity(type);
  return activity.mapped ? activity.label : originalType;
}

/** An event as a row. */
export function toRow(event: AuditEvent): AuditEventRow {
  const { actor, resource } = event;
  return {
    id: event.id,
    occurred_at: new Date(event.occurredAt),
    recorded_at: new Date(event.recordedAt),
    type: event.type,
    original_type: event.originalType,
    category: event.category,
    verb: event.verb,
    harmful: event.harmful,
    outcome: event.outcome,
    workspace: event.workspace,
    source: event.source,
    intakes: JSON.stringify(event.intakes),
    actor_type: actor.type,
    actor_id: actor.id,
    actor_name: actor.name ?? null,
    actor_email: actor.email ?? null,
    actor_entity_ref: actor.entityRef ?? null,
    resource_key: resource.key,
    resource_name: resource.name ?? null,
    resources: JSON.stringify(event.resources),
    changes: event.changes ? JSON.stringify(event.changes) : null,
    severity: event.severity ?? null,
    correlation_id: event.correlationId ?? null,
    details: JSON.stringify(event.details),
    search_text: auditEventSearchText(event),
    label:
      event.label === labelOf(event.type, event.originalType)
        ? null
        : event.label,
  };
}

/** A row as an event. */
export function fromRow(row: ReadEventRow): AuditEvent {
  const key = parseResourceKey(row.resource_key);
  return {
    id: row.id,
    occurredAt: new Date(auditEventIdTime(row.id)).toISOString(),
    recordedAt: new Date(row.recorded_at).toISOString(),
    type: row.type,
    originalType: row.original_type,
    label: row.label ?? labelOf(row.type, row.original_type),
    category: row.category,
    verb: row.verb,
    harmful: Boolean(row.harmful),
    outcome: row.outcome,
    workspace: row.workspace,
    source: row.source,
    intakes: JSON.parse(row.intakes),
    actor: {
      type: row.actor_type,
      id: row.actor_id,
      name: row.actor_name ?? undefined,
      email: row.actor_email ?? undefined,
      entityRef: row.actor_entity_ref ?? undefined,
    },
    resource: {
      key: row.resource_key,
      type: key?.type ?? '',
      id: key?.id ?? row.resource_key,
      name: row.resource_name ?? undefined,
      entityRef: row.resourceEntityRef ?? undefined,
    },
    resources: JSON.parse(row.resources),
    changes: row.changes ? JSON.parse(row.changes) : undefined,
    severity: row.severity ?? undefined,
    correlationId: row.correlation_id ?? undefined,
    details: JSON.parse(row.details),
  };
}
