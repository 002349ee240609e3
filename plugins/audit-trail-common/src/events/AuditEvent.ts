import type { JsonObject, JsonValue } from '@backstage/types';

/**
 * Every kind of actor.
 *
 * @public
 */
export const ACTOR_TYPES = [
  'user',
  'access-token',
  'service',
  'system',
] as const;

/**
 * What kind of actor did something: a person, an access token, a service, or
 * the audited system itself.
 *
 * @public
 */
export type AuditEventActorType = (typeof ACTOR_TYPES)[number];

/**
 * Every outcome.
 *
 * @public
 */
export const OUTCOMES = ['initiated', 'succeeded', 'failed'] as const;

/**
 * How far an activity got.
 *
 * @public
 */
export type AuditEventOutcome = (typeof OUTCOMES)[number];

/**
 * Every severity, least first: the levels of Backstage's auditor service.
 *
 * @public
 */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;

/**
 * How much an activity matters, in the levels of Backstage's auditor service.
 *
 * @public
 */
export type AuditEventSeverity = (typeof SEVERITIES)[number];

/**
 * Who did it.
 *
 * @public
 */
export interface AuditEventActor {
  type: AuditEventActorType;
  /** Id in the system that reported the event. */
  id: string;
  name?: string;
  email?: string;
  /** The actor's entity in the catalog, as a full entity ref, if known. */
  entityRef?: string;
}

/**
 * What it was done to.
 *
 * @public
 */
export interface AuditEventResource {
  /** Resource key, `<namespace>:<type>:<id>`; see {@link resourceKey}. */
  key: string;
  /** Kind of resource, such as `warehouse`. */
  type: string;
  /** Id in the system that reported the event. */
  id: string;
  name?: string;
  /** The entity in the catalog that stands for the resource, if there is one. */
  entityRef?: string;
}

/**
 * One value that an activity changed.
 *
 * @public
 */
export interface AuditEventChange {
  /** What changed, as a dotted path, such as `settings.host`. */
  path: string;
  /** The value before, left out if there was none. */
  before?: JsonValue;
  /** The value after, left out if there is none. */
  after?: JsonValue;
}

/**
 * One stored fact: who did what to which resource, when. Never changed once
 * stored.
 *
 * @public
 */
export interface AuditEvent {
  /**
   * UUIDv7 whose time is {@link AuditEvent.occurredAt} and whose other bits
   * are a hash of the source and the source's own event id, so that the same
   * fact always gets the same id.
   */
  id: string;
  /** When it happened by the producer's clock: ISO 8601, UTC, milliseconds. */
  occurredAt: string;
  /** When it was stored: ISO 8601, UTC, milliseconds. */
  recordedAt: string;
  /** Stable id of the activity, such as `warehouse.disabled`. */
  type: string;
  /** The activity as its source spells it. */
  originalType: string;
  /** The activity for people: as documented, else as its source spells it. */
  label: string;
  /** Area of the activity, such as `warehouses`; `unmapped` if unknown. */
  category: string;
  /** What was done, such as `disabled`. */
  verb: string;
  /** Whether the activity takes something away that somebody may miss. */
  harmful: boolean;
  outcome: AuditEventOutcome;
  /** The Segment workspace's id, or `backstage` for the portal's activity. */
  workspace: string;
  /** The system that reported it: `segment`, or a caller's subject. */
  source: string;
  /** The ways by which it came in, such as `segment-webhook`. */
  intakes: string[];
  actor: AuditEventActor;
  /** The primary resource. */
  resource: AuditEventResource;
  /** Keys of all that the event belongs to, the primary resource's first. */
  resources: string[];
  changes?: AuditEventChange[];
  severity?: AuditEventSeverity;
  /** Joins events that one request caused. */
  correlationId?: string;
  /** Everything else the source told. */
  details: JsonObject;
}
