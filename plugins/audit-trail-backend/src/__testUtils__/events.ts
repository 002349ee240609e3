import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import type { AuditEventInput } from 'backstage-plugin-audit-trail-node';
import { normaliseEvent } from '../ingest/normaliseEvent';

let count = 0;

/** A valid event of a service, as it sends it. */
export function eventInput(
  overrides: Partial<AuditEventInput> = {},
): AuditEventInput {
  count++;
  return {
    sourceEventId: `event-${count}`,
    type: 'Warehouse Disabled',
    occurredAt: new Date(Date.UTC(2026, 0, 1) + count * 1000).toISOString(),
    workspace: 'ws1',
    actor: { type: 'user', id: 'u1', name: 'Jo Miller' },
    resource: { key: 'segment:warehouse:w1', name: 'orders' },
    ...overrides,
  };
}

/** A valid event, as it is stored. */
export function auditEvent(
  overrides: Partial<AuditEventInput> = {},
): AuditEvent {
  return normaliseEvent(
    eventInput(overrides),
    { source: 'segment', intake: 'segment-webhook' },
    new Date('2026-06-01T00:00:00.000Z'),
  );
}

/** Random numbers that are the same in each run. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}
