import { createHash } from 'node:crypto';
import {
  parseResourceKey,
  resolveActivity,
  type AuditEvent,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEventInput } from 'backstage-plugin-audit-trail-node';
import { mapDelivery } from '../intake/mapDelivery';

/** An event as the trail stores it, made of what an intake hands over. */
export function auditEvent(
  input: Partial<AuditEventInput> = {},
  source = 'segment',
): AuditEvent {
  const {
    sourceEventId = 'event-1',
    type: originalType = 'Warehouse Disabled',
    occurredAt = '2026-03-01T10:00:00.000Z',
    workspace = 'ws1',
    actor = { type: 'user', id: 'u1', name: 'Jo Miller' },
    resource = { key: 'segment:warehouse:w1', name: 'orders' },
    resources = [],
    ...rest
  } = input;
  const { id, label, category, verb, harmful } = resolveActivity(originalType);
  const hash = createHash('sha256')
    .update(`${source} ${sourceEventId}`)
    .digest('hex');
  const key = parseResourceKey(resource.key)!;
  return {
    details: {},
    outcome: 'succeeded',
    ...rest,
    id: `019ca8e2-a500-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(
      6,
      18,
    )}`,
    occurredAt,
    recordedAt: '2026-03-01T10:00:01.000Z',
    type: id,
    originalType,
    label,
    category,
    verb,
    harmful,
    workspace,
    source,
    intakes: [source === 'segment' ? 'segment-webhook' : 'http'],
    actor,
    resource: {
      key: resource.key,
      type: key.type,
      id: key.id,
      name: resource.name,
    },
    resources: [...new Set([resource.key, ...resources])],
  };
}

/** The stored event of a delivery of Segment's audit forwarding. */
export function deliveredEvent(delivery: unknown): AuditEvent {
  return auditEvent(mapDelivery(delivery, ''));
}
