import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import { OWN_PROPERTIES } from './ownProperties';

/** What a destination sends, and where to, as far as that is known. */
export interface LoopGuardTarget {
  /** Every name that its events can have. */
  eventNames: ReadonlySet<string>;
  /** Id of the source that its events go to. */
  sourceId?: string;
  /** Slug of the source that its events go to. */
  sourceSlug?: string;
}

/** Types by which Segment tells what a source's schema met in its events. */
const ECHO_TYPES =
  /^(tracking-plan\.(new-|violations-)|new-(event|track|property)|schema-event)/;

/** Those of them that name a property or nothing instead of the event. */
const UNNAMED_TYPES = /property|violations/;

/** The event that an event of Segment's schema is about, if it tells. */
function nameIn({ details }: AuditEvent): string | undefined {
  if (typeof details.name === 'string' && details.name) {
    return details.name;
  }
  // As in "`Order Completed` set to block".
  return typeof details.description === 'string'
    ? /^`([^`]+)`/.exec(details.description)?.[1]
    : undefined;
}

/** Whether it is about a target's source; undefined if nobody knows. */
function isAboutSource(
  { details }: AuditEvent,
  { sourceId, sourceSlug }: LoopGuardTarget,
): boolean | undefined {
  const facts = [
    [sourceId, details.source_id],
    [sourceSlug, details.source_slug],
  ].filter(([expected, actual]) => expected && actual);
  return facts.length > 0
    ? facts.every(([expected, actual]) => expected === actual)
    : undefined;
}

function isEchoOf(event: AuditEvent, target: LoopGuardTarget): boolean {
  const aboutSource = isAboutSource(event, target);
  if (aboutSource === false) {
    return false;
  }
  const name = nameIn(event);
  if (name !== undefined && target.eventNames.has(name)) {
    return true;
  }
  if (UNNAMED_TYPES.test(event.type)) {
    return aboutSource === true || name?.split('.')[0] === OWN_PROPERTIES;
  }
  return name === undefined && aboutSource === true;
}

/**
 * Recognises what Segment tells about forwarded events.
 *
 * @remarks
 *
 * When events are forwarded to a source, Segment tells in the audit trail of
 * the same workspace what the source's schema made of them, such as
 * `New Event Allowed` about the event `Audit`. That comes in as an event, and
 * would be forwarded, and told of again, for ever.
 *
 * One guard serves all destinations: two of them that forwarded what Segment
 * tells about each other's events would make the same loop.
 */
export class LoopGuard {
  readonly #targets: LoopGuardTarget[] = [];

  /** Makes the events of a destination known. */
  add(target: LoopGuardTarget): void {
    this.#targets.push(target);
  }

  /** Why an event is not to be forwarded, if it was caused by forwarding. */
  reason(event: AuditEvent): string | undefined {
    if (
      event.source !== 'segment' ||
      // What a person did to the schema is a fact of its own.
      event.actor.type !== 'system' ||
      !ECHO_TYPES.test(event.type) ||
      !this.#targets.some(target => isEchoOf(event, target))
    ) {
      return undefined;
    }
    return `Segment tells "${event.originalType}" of events that were forwarded to it; sending that on would make it tell so again`;
  }
}
