import {
  ACTIVITIES,
  CATEGORIES,
  UNMAPPED_CATEGORY,
  parseResourceKey,
  type AuditEvent,
  type AuditEventActor,
  type AuditEventActorType,
  type AuditEventOutcome,
  type AuditEventResource,
} from 'backstage-plugin-audit-trail-common';

const categoryLabels = new Map(CATEGORIES.map(({ id, label }) => [id, label]));
const typeLabels = new Map(ACTIVITIES.map(({ id, label }) => [id, label]));

/** Kinds of actors for people. */
export const ACTOR_TYPE_LABELS: Record<AuditEventActorType, string> = {
  user: 'user',
  'access-token': 'access token',
  service: 'service',
  system: 'system',
};

/** Outcomes for people. */
export const OUTCOME_LABELS: Record<AuditEventOutcome, string> = {
  initiated: 'Initiated',
  succeeded: 'Succeeded',
  failed: 'Failed',
};

/** An area's documented name. */
export function categoryLabel(category: string): string {
  if (category === UNMAPPED_CATEGORY) {
    return 'Not in the catalogue';
  }
  return categoryLabels.get(category) ?? category;
}

/** An activity's documented name by its id. */
export function typeLabel(type: string): string {
  return typeLabels.get(type) ?? type;
}

/** How an actor is called. */
export function actorName(actor: AuditEventActor): string {
  return actor.name || actor.email || actorIdLabel(actor.id);
}

/** How an actor is called of whom only the id is known. */
export function actorIdLabel(id: string): string {
  // The portal's own users have their entity ref for an id.
  return /^user:default\/(.+)$/.exec(id)?.[1] ?? id;
}

/** How a resource is called. */
export function resourceName(resource: AuditEventResource): string {
  return resource.name || resource.id;
}

/** How a resource is called of which only the key is known. */
export function resourceKeyLabel(key: string): string {
  const parts = parseResourceKey(key);
  return parts ? `${parts.type} ${parts.id}` : key;
}

const NAMES: Record<string, string> = {
  segment: 'Segment',
  backstage: 'Backstage',
  webhook: 'webhook',
  'public-api': 'Public API',
  'http-api': 'HTTP API',
  http: 'HTTP API',
  recorder: 'recorder',
  auditor: 'auditor',
  // What the trail records of itself.
  'plugin:audit-trail': 'Audit Trail',
  'audit-trail': 'itself',
};

/** A system that reports events, for people. */
export function sourceLabel(source: string): string {
  return NAMES[source] ?? source;
}

/** A way in, for people; without the source's name, which stands before it. */
export function intakeLabel(intake: string, source: string): string {
  const prefix = `${source}-`;
  const name = intake.startsWith(prefix) ? intake.slice(prefix.length) : intake;
  return NAMES[name] ?? name;
}

/** How an event came here, such as `Segment · webhook`. */
export function viaLabel(
  event: Pick<AuditEvent, 'source' | 'intakes'>,
): string {
  const { source, intakes } = event;
  return [
    sourceLabel(source),
    intakes.map(intake => intakeLabel(intake, source)).join(', '),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** `1,284 events`, or `more than 10,000 events`. */
export function eventCountLabel(count: number, capped = false): string {
  const number = count.toLocaleString('en');
  const noun = count === 1 ? 'event' : 'events';
  return capped ? `more than ${number} ${noun}` : `${number} ${noun}`;
}

/** A size in bytes for people. */
export function byteLabel(bytes: number): string {
  if (bytes < 1_000_000) {
    return `${Math.ceil(bytes / 1_000).toLocaleString('en')} kB`;
  }
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** What happened in one sentence. */
export function eventSentence(event: AuditEvent): string {
  const { verb, outcome, label } = event;
  const actor = actorName(event.actor);
  const resource = event.resource.name
    ? event.resource.name
    : `${event.resource.type} ${event.resource.id}`;
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
