import { createHash } from 'node:crypto';
import { createRandom } from './random.mjs';
import { sampleDeliveries } from './sampleDeliveries.mjs';
import { USERS } from './sampleWorkspace.mjs';

/** Every so many deliveries of another seed are events that nobody delivered. */
const ONLY_BY_API = 40;

const emails = new Map(USERS.map(({ id, email }) => [id, email]));

/** Today's Public API calls a warehouse a storage destination. */
const respell = type =>
  type.replace(/^Warehouse (?!Run)/, 'Storage Destination ');

const idOf = messageId =>
  createHash('sha256').update(messageId).digest('base64url').slice(0, 27);

/**
 * A delivery as `GET /audit-events` tells of it: with an id of its own, the
 * actor's e-mail address, and none of the details.
 */
export function toAuditEvent(delivery) {
  const { details, type, workspace_id: workspaceId } = delivery.properties;
  const [, , subject] = /^([^/]+)\/(.+)$/.exec(details.subject ?? '') ?? [];
  const actor =
    delivery.userId === '__system__'
      ? subject ?? details.subject_id ?? delivery.userId
      : delivery.userId;
  return {
    id: idOf(delivery.messageId),
    timestamp: new Date(delivery.timestamp).toISOString(),
    type: respell(type),
    actor,
    ...(emails.has(actor) ? { actorEmail: emails.get(actor) } : {}),
    resourceId: details.resource_id ?? workspaceId,
    resourceType: details.resource_type ?? 'workspace',
    resourceName: details.target ?? details.source_name ?? '',
  };
}

/**
 * The audit events of the sample workspace: all that sample deliveries of the
 * same `now` tell, and some of which no delivery came.
 *
 * @param {{ now: Date | number | string }} options
 */
export function sampleAuditEvents({ now }) {
  const end = new Date(now).getTime();
  const missed = sampleDeliveries({ now: end - 1 }).filter(
    (_, index) => index % ONLY_BY_API === 0,
  );
  return [...sampleDeliveries({ now: end }), ...missed]
    .map(toAuditEvent)
    .sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
}

/** An audit event that happens now, for a stand-in that runs for a while. */
export function nextAuditEvent({ now, number }) {
  const random = createRandom(number);
  const delivery = random.pick(sampleDeliveries({ now, count: 200 }));
  return toAuditEvent({
    ...delivery,
    messageId: `api-next-${number}`,
    timestamp: new Date(now).toISOString(),
  });
}
