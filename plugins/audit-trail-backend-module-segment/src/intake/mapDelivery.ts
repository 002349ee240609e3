import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
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
    return userId === undefined ? undefined : SYSTEM_ACTOR;
  }
  return {
    type: subject.id === userId ? subject.type : 'user',
    id: userId,
  };
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
