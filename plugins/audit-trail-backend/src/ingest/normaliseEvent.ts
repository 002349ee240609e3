import { createHash } from 'node:crypto';
import {
  entityResourceKey,
  parseResourceKey,
  parseTime,
  resolveActivity,
  type AuditEvent,
  type ResolvedActivity,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEventInput } from 'backstage-plugin-audit-trail-node';
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

/**
 * A resource key in the form that is stored: that of an entity in lower case,
 * as entity refs compare.
 *
 * @throws `Error` if it is an entity's and names none
 */
export function normaliseResourceKey(key: string): string {
  const parts = parseResourceKey(key);
  return parts?.namespace === 'entity'
    ? entityResourceKey(`${parts.type}:${parts.id}`)
    : key;
}

/**
 * Makes the audit event of a valid input.
 *
 * @param activity - what is known of the input's type; what the catalogue says
 * if left out
 */
export function normaliseEvent(
  input: AuditEventInput,
  origin: EventOrigin,
  recordedAt: Date,
  activity: ResolvedActivity = resolveActivity(input.type),
): AuditEvent {
  const occurredAt = parseTime(input.occurredAt)!;
  const resourceKey = normaliseResourceKey(input.resource.key);
  const key = parseResourceKey(resourceKey)!;
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
      key: resourceKey,
      type: key.type,
      id: key.id,
      name: input.resource.name,
    },
    resources: [
      ...new Set([
        resourceKey,
        ...(input.resources ?? []).map(normaliseResourceKey),
      ]),
    ],
    changes: input.changes,
    severity: input.severity,
    correlationId: input.correlationId,
    details: input.details ?? {},
  };
}
