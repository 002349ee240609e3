import {
  CATEGORIES,
  UNMAPPED_CATEGORY,
  type AuditEvent,
  type AuditEventActor,
  type AuditEventActorType,
  type AuditEventResource,
} from 'backstage-plugin-audit-trail-common';
import { DateTime } from 'luxon';

const ACTOR_TYPES: Record<AuditEventActorType, string> = {
  user: 'user',
  'access-token': 'access token',
  service: 'service',
  system: 'system',
};

const categoryLabels = new Map(CATEGORIES.map(({ id, label }) => [id, label]));

const actorName = ({ name, email, id }: AuditEventActor) => name || email || id;

const resourceName = ({ name, type, id }: AuditEventResource) =>
  name || `${type} ${id}`;

/** Who did it, with what there is to tell them from others of that name. */
export function actorText(actor: AuditEventActor): string {
  const name = actorName(actor);
  if (actor.type !== 'user') {
    return `${name} (${ACTOR_TYPES[actor.type] ?? actor.type})`;
  }
  return actor.email && actor.email !== name
    ? `${name} (${actor.email})`
    : name;
}

/** What it was done to, and what kind of thing that is. */
export function resourceText({ type, name, id }: AuditEventResource): string {
  return `${type.replaceAll('-', ' ')} ${name || id}`;
}

/** An area's documented name. */
export function categoryText(category: string): string {
  return category === UNMAPPED_CATEGORY
    ? 'Not in the catalogue'
    : categoryLabels.get(category) ?? category;
}

/** What happened in one sentence, as the portal's page says it. */
export function eventSentence(event: AuditEvent): string {
  const { verb, outcome, label } = event;
  const actor = actorName(event.actor);
  const resource = resourceName(event.resource);
  if (outcome === 'failed' && verb !== 'failed') {
    return `${label} on ${resource} by ${actor} failed`;
  }
  if (outcome === 'initiated') {
    return `${label} on ${resource} was initiated by ${actor}`;
  }
  // Only where the activity is about the resource itself: a tracking plan of
  // which a property was omitted was not omitted.
  return event.type === `${event.resource.type}.${verb}`
    ? `${resource} was ${verb} by ${actor}`
    : `${label} on ${resource}, by ${actor}`;
}

/** What happened in one line among others. */
export function eventLine(event: AuditEvent): string {
  const { actor, label, outcome, resource, verb } = event;
  const line = `${label}: ${resourceText(resource)}, by ${actorName(actor)}`;
  return outcome === 'succeeded' || outcome === verb
    ? line
    : `${line} (${outcome})`;
}

/** What an activity is called where it may be one that takes something away. */
export function activityTitle(activity: {
  label: string;
  harmful: boolean;
}): string {
  return activity.harmful ? `Harmful: ${activity.label}` : activity.label;
}

/** A number for people. */
export function numberText(value: number): string {
  return value.toLocaleString('en');
}

/** `1,284 audit events`. */
export function eventCountText(count: number): string {
  return `${numberText(count)} audit ${count === 1 ? 'event' : 'events'}`;
}

/** A time where the reader's zone is not known. */
export function utcText(time: string): string {
  return DateTime.fromISO(time, { zone: 'utc' }).toFormat(
    "yyyy-MM-dd HH:mm:ss 'UTC'",
  );
}
