import { createHash } from 'node:crypto';
import {
  parseResourceKey,
  resolveActivity,
  type AuditEvent,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEventInput } from 'backstage-plugin-audit-trail-node';
import { DateTime } from 'luxon';
import { auditEventId } from '../database/auditEventId';

/** Where events come from. */
export interface EventOrigin {
  /** The system that reports them, such as `segment`. */
  source: string;
  /** The way they came in by, such as `segment-webhook`. */
  intake: string;
}

/** JSON with the keys of objects in order, so that equal values are equal. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
}

/** Makes the audit event of a valid input. */
export function normaliseEvent(
  input: AuditEventInput,
  origin: EventOrigin,
  recordedAt: Date,
): AuditEvent {
  const activity = resolveActivity(input.type);
  const occurredAt = DateTime.fromISO(input.occurredAt, { zone: 'utc' });
  const key = parseResourceKey(input.resource.key)!;
  const sourceEventId =
    input.sourceEventId ??
    createHash('sha256').update(canonicalJson(input)).digest('hex');
  return {
    id: auditEventId({
      occurredAt: occurredAt.toMillis(),
      source: origin.source,
      sourceEventId,
    }),
    occurredAt: occurredAt.toJSDate().toISOString(),
    recordedAt: recordedAt.toISOString(),
    type: activity.id,
    originalType: input.type,
    label: activity.label,
    category: activity.category,
    verb: activity.verb,
    harmful: activity.harmful,
    outcome:
      input.outcome ?? (activity.verb === 'failed' ? 'failed' : 'succeeded'),
    workspace: input.workspace ?? 'backstage',
    source: origin.source,
    intakes: [origin.intake],
    actor: input.actor,
    resource: {
      key: input.resource.key,
      type: key.type,
      id: key.id,
      name: input.resource.name,
    },
    resources: [...new Set([input.resource.key, ...(input.resources ?? [])])],
    changes: input.changes,
    severity: input.severity,
    correlationId: input.correlationId,
    details: input.details ?? {},
  };
}
