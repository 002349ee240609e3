import {
  resolveActivity,
  type AuditEventActor,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEventInput } from 'backstage-plugin-audit-trail-node';
import { isObject } from '../isObject';
import { actorType, SYSTEM_ACTOR, SYSTEM_ACTOR_ID } from '../mapping/actors';
import { mapResourceKeys } from '../mapping/resourceKeys';
import { text } from '../mapping/text';

/**
 * The actor is an id. That it has a word before it, as the subjects of
 * deliveries have, is not documented, but understood.
 */
function mapActor(value: unknown, email: string | undefined): AuditEventActor {
  const id = text(value);
  if (id === SYSTEM_ACTOR_ID) {
    return SYSTEM_ACTOR;
  }
  const [, kind, name] = /^([^/]+)\/(.+)$/.exec(id ?? '') ?? [];
  return {
    type: id === undefined ? 'system' : actorType(kind),
    id: name ?? id ?? 'unknown',
    email,
  };
}

/**
 * Maps an entry of `GET /audit-events`.
 *
 * @param entry - the entry's JSON
 * @param workspace - id of the workspace
 * @param keepReads - whether what tells that somebody looked at something is
 *   an event as well
 * @returns the event, or `permission-check` if it tells that somebody looked at
 *   something; `undefined` if it has no id, time or type
 */
export function mapAuditEvent(
  entry: unknown,
  workspace: string,
  keepReads: boolean,
): AuditEventInput | 'permission-check' | undefined {
  if (!isObject(entry)) {
    return undefined;
  }
  const id = text(entry.id);
  const occurredAt = text(entry.timestamp);
  const type = text(entry.type);
  if (!id || !occurredAt || !type) {
    return undefined;
  }
  if (!keepReads && resolveActivity(type).id === 'permission.check') {
    return 'permission-check';
  }
  const resourceType = text(entry.resourceType) ?? 'workspace';
  const resourceId = text(entry.resourceId) ?? workspace;
  const [key, ...resources] = mapResourceKeys(
    resourceType,
    resourceId,
    workspace,
    {},
  );
  return {
    sourceEventId: id,
    type,
    occurredAt,
    workspace,
    actor: mapActor(entry.actor, text(entry.actorEmail)),
    resource: { key, name: text(entry.resourceName) },
    resources,
    // In the words of deliveries, so that both tell the same.
    details: { resource_id: resourceId, resource_type: resourceType },
  };
}
