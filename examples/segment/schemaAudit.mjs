import { randomUUID } from 'node:crypto';
import { WORKSPACE } from './sampleWorkspace.mjs';

/**
 * The audit event that Segment makes of an event that arrives in a source, in
 * the shape in which its audit forwarding delivers it, as recorded in
 * recorded/new-event-allowed.json: one for each new name, or, where the
 * source's schema blocks new events, one for each event.
 *
 * @param {{ event: any, source: any, schemas: Map<string, Set<string>>, now: string }} options
 *   `schemas` has the names that each source knows, and is kept up to date
 */
export function auditOfSchema({ event, source, schemas, now }) {
  const names = schemas.get(source.id) ?? new Set();
  if (event.type !== 'track' || names.has(event.event)) {
    return undefined;
  }
  const blocked = Boolean(source.blocksNewEvents);
  if (!blocked) {
    schemas.set(source.id, names.add(event.event));
  }
  return {
    channel: 'server',
    context: { library: { name: 'unknown', version: 'unknown' } },
    event: 'Audit',
    integrations: {},
    messageId: `api-${randomUUID()}`,
    originalTimestamp: now,
    properties: {
      details: {
        blocked: String(blocked),
        message_id: event.messageId,
        name: event.event,
        planned: 'false',
        resource_id: source.id,
        resource_type: 'source',
        source_id: source.id,
        source_name: source.name,
        source_slug: source.slug,
        target: source.name,
        tracking_plan_connected: 'false',
        tracking_plan_id: '',
        type: 'track',
      },
      type: blocked ? 'New Event Blocked' : 'New Event Allowed',
      workspace_id: WORKSPACE.id,
    },
    receivedAt: now,
    timestamp: now,
    type: 'track',
    userId: '__system__',
  };
}
