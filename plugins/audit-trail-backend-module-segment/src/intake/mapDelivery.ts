import { InputError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';
import {
  resolveActivity,
  resourceKey,
  type AuditEventActor,
  type AuditEventActorType,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEventInput } from 'backstage-plugin-audit-trail-node';
import { isObject } from '../isObject';

/** Segment's own name for itself as an actor. */
export const SYSTEM_ACTOR_ID = '__system__';

/** A text without control characters and halves of characters. */
function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string'
    ? value.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim() || undefined
    : undefined;
}

function key(type: string, id: string) {
  return resourceKey({ namespace: 'segment', type, id });
}

/**
 * Whether a delivery tells that somebody looked at something.
 */
export function isPermissionCheck(delivery: unknown): boolean {
  return (
    isObject(delivery) &&
    isObject(delivery.properties) &&
    typeof delivery.properties.type === 'string' &&
    resolveActivity(delivery.properties.type).id === 'permission.check'
  );
}

/**
 * The kind of an actor by the word before its id. Recorded deliveries only
 * have `users/…`; that tokens and services are spelled likewise is assumed.
 */
function actorType(word: string | undefined): AuditEventActorType {
  if (word === undefined || /^user/i.test(word)) {
    return 'user';
  }
  return /token/i.test(word) ? 'access-token' : 'service';
}

/**
 * The actor is `userId`. The subject in the details tells what kind of actor
 * that is, and who it is where Segment itself is the user, as with changes of
 * tracking plans.
 */
function mapActor(
  userId: string | undefined,
  details: JsonObject,
): AuditEventActor | undefined {
  const [, kind, name] =
    /^([^/]+)\/(.+)$/.exec(text(details.subject) ?? '') ?? [];
  const subject =
    name !== undefined
      ? { type: actorType(kind), id: name }
      : {
          type: actorType(text(details.subject_type)),
          id: text(details.subject_id),
        };
  if (userId === undefined || userId === SYSTEM_ACTOR_ID) {
    if (subject.id !== undefined) {
      return { type: subject.type, id: subject.id };
    }
    return userId === undefined
      ? undefined
      : { type: 'system', id: userId, name: 'Segment' };
  }
  return {
    type: subject.id === userId ? subject.type : 'user',
    id: userId,
  };
}

/** `spaces/default/audiences/aud_1` → [['spaces','default'],['audiences','aud_1']] */
function pathPairs(path: string): [string, string][] {
  const parts = path.split('/');
  if (parts.length < 2 || parts.length % 2 !== 0 || parts.includes('')) {
    return [];
  }
  return parts.flatMap((part, at): [string, string][] =>
    at % 2 === 0 ? [[part, parts[at + 1]]] : [],
  );
}

/**
 * Keys of all that a delivery belongs to, the primary resource's first. Slugs
 * in a path are unique within a workspace only, so their ids are
 * `<workspace>/<slug>`; ids with Segment's prefix are unique by themselves.
 */
function mapResourceKeys(
  resourceType: string,
  resourceId: string,
  workspace: string,
  details: JsonObject,
): string[] {
  const plain = resourceType.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const type = /^[a-z]/.test(plain) ? plain : 'other';
  const pairs = pathPairs(resourceId);
  const ownId = pairs.length > 0 ? pairs[pairs.length - 1][1] : resourceId;
  const keys = new Set([key(type, ownId)]);
  for (const [collection, id] of pairs.slice(0, -1)) {
    if (collection === 'sources') {
      keys.add(key('source', `${workspace}/${id}`));
    } else if (collection === 'spaces') {
      keys.add(key('space', /^spa_/.test(id) ? id : `${workspace}/${id}`));
    }
  }
  for (const [field, fieldType] of Object.entries({
    source_id: 'source',
    warehouse_id: 'warehouse',
    space_id: 'space',
    tracking_plan_id: 'tracking-plan',
  })) {
    const id = text(details[field]);
    if (id) {
      keys.add(key(fieldType, id));
    }
  }
  return [...keys];
}

/**
 * Maps one delivery of Segment's audit forwarding: a `track` call named
 * `Audit` whose properties are the audit event.
 *
 * @param delivery - the delivery's JSON
 * @param place - where it stands in the body, for errors: `''` or `[3]`
 * @throws `InputError` that names the field
 */
export function mapDelivery(delivery: unknown, place: string): AuditEventInput {
  const fail = (field: string, expected: string): never => {
    throw new InputError(`${place && `${place}.`}${field}: ${expected}`);
  };
  if (!isObject(delivery)) {
    throw new InputError(`${place || 'The body'}: must be an object`);
  }
  if (delivery.event !== 'Audit') {
    fail('event', "must be 'Audit', as Segment's audit forwarding names it");
  }
  const properties = isObject(delivery.properties)
    ? delivery.properties
    : fail('properties', 'must be an object');
  const details = isObject(properties.details) ? properties.details : {};
  const type =
    text(properties.type) ?? fail('properties.type', 'must be a text');
  const workspace =
    text(properties.workspace_id) ??
    fail('properties.workspace_id', 'must be a text');
  const messageId =
    text(delivery.messageId) ?? fail('messageId', 'must be a text');
  const occurredAt =
    text(delivery.timestamp) ??
    text(delivery.originalTimestamp) ??
    fail('timestamp', 'must be a time in ISO 8601');
  const actor =
    mapActor(text(delivery.userId), details) ??
    fail('userId', 'must be a text if details.subject names no one');
  const keys = mapResourceKeys(
    text(details.resource_type) ?? 'workspace',
    text(details.resource_id) ?? workspace,
    workspace,
    details,
  );
  return {
    sourceEventId: messageId,
    type,
    occurredAt,
    workspace,
    actor,
    resource: {
      key: keys[0],
      name: text(details.target) ?? text(details.source_name),
    },
    resources: keys.slice(1),
    details,
  };
}
