import { createHash } from 'node:crypto';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import { SYSTEM_ACTOR_ID } from '../mapping/actors';
import { eventNameOf, type EventNameChoice } from './eventNames';
import { OWN_PROPERTIES } from './ownProperties';
import { segmentDetails } from './segmentDetails';

/** A `track` call of Segment's Tracking API. */
export interface TrackCall {
  type: 'track';
  userId: string;
  event: string;
  messageId: string;
  timestamp: string;
  context: JsonObject;
  properties: {
    type: string;
    workspace_id: string;
    details: JsonObject;
    [OWN_PROPERTIES]: JsonObject;
  };
}

/**
 * Segment drops a message whose id it has met within about a day, whichever
 * source it was sent to. So the id is the same each time that an event is sent
 * to a destination, and differs between destinations, also those of two
 * portals that have the same events and call their destinations alike.
 */
function messageId(event: AuditEvent, destinationId: string, url: string) {
  const hash = createHash('sha256')
    .update(JSON.stringify([destinationId, url]))
    .digest('hex');
  return `${event.id}-${hash.slice(0, 16)}`;
}

/** Makes the call that forwards an event, in the form of Segment's own. */
export function trackCall(
  event: AuditEvent,
  options: {
    destinationId: string;
    eventName: EventNameChoice;
    /** The address of the event's page in the portal. */
    url: string;
    /** Whether the event is made up to test the destination. */
    test?: boolean;
  },
): TrackCall {
  const { destinationId, url, test } = options;
  const { actor, resource } = event;
  const { details, displaced } = segmentDetails(event);
  if (test) {
    details.description = `A test of the destination "${destinationId}" of the Audit Trail: nothing has happened`;
  }
  return {
    type: 'track',
    userId: actor.type === 'system' ? SYSTEM_ACTOR_ID : actor.id,
    event: eventNameOf(event, options.eventName),
    messageId: messageId(event, destinationId, url),
    timestamp: event.occurredAt,
    context: { library: { name: 'backstage-plugin-audit-trail' } },
    properties: {
      type: event.originalType,
      workspace_id: event.workspace,
      details,
      [OWN_PROPERTIES]: {
        destination: destinationId,
        test,
        event_id: event.id,
        url,
        // Segment corrects a call's own timestamp by what it takes for the
        // sender's clock; these stay as they are.
        occurred_at: event.occurredAt,
        recorded_at: event.recordedAt,
        type: event.type,
        category: event.category,
        label: event.label,
        verb: event.verb,
        harmful: event.harmful,
        outcome: event.outcome,
        source: event.source,
        actor_type: actor.type,
        actor_id: actor.id,
        actor_name: actor.name,
        actor_email: actor.email,
        actor_entity_ref: actor.entityRef,
        resource_key: resource.key,
        resource_name: resource.name,
        resource_entity_ref: resource.entityRef,
        resources: event.resources,
        severity: event.severity,
        correlation_id: event.correlationId,
        changes: event.changes as JsonValue | undefined,
        details: displaced,
      },
    },
  };
}
