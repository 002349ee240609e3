import {
  ACTIVITIES,
  findActivity,
  type AuditEvent,
} from 'backstage-plugin-audit-trail-common';

/** What the events are named in the source. */
export const EVENT_NAME_CHOICES = ['audit', 'label'] as const;

/** What the events are named in the source. */
export type EventNameChoice = (typeof EVENT_NAME_CHOICES)[number];

/** The name that Segment's own forwarding gives to all events. */
const AUDIT = 'Audit';

/**
 * The name of an event in the source: `Audit`, or the activity's label.
 *
 * An activity that is not in the catalogue is named `Audit` in either case.
 * Its spelling is anybody's, and each new name is one more in the source's
 * schema, and one more by which to recognise what Segment tells of it.
 */
export function eventNameOf(
  event: Pick<AuditEvent, 'type'>,
  choice: EventNameChoice,
): string {
  const label = choice === 'label' && findActivity(event.type)?.label;
  return label || AUDIT;
}

/** Every name that a destination's events can have. */
export function possibleEventNames(choice: EventNameChoice): Set<string> {
  const labels = choice === 'label' ? ACTIVITIES.map(({ label }) => label) : [];
  return new Set([AUDIT, ...labels]);
}
