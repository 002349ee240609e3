import type { InputError } from '@backstage/errors';
import {
  UNMAPPED_CATEGORY,
  type ResolvedActivity,
} from 'backstage-plugin-audit-trail-common';
import type { EventOrigin } from '../ingest/normaliseEvent';
import { TRAIL_ORIGIN } from '../ingest/trailOrigin';
import { faultsError } from '../ingest/validateEvents';

/** The area of what the trail tells of itself. */
export const TRAIL_CATEGORY = 'audit-trail';
/** What the auditor of any plugin tells of itself. */
const EVENTS_LOST = 'audit-trail.events-lost';
/** Ways in for plugins and services, which hear what is refused. */
const SERVICE_INTAKES = ['http', 'recorder', 'auditor'];

/**
 * Whether events of an origin may be of an activity: those of the trail are its
 * own, as whoever reads them, or leaves them out, takes them for its word.
 */
export function mayTell(
  { id, category }: ResolvedActivity,
  origin: EventOrigin,
): boolean {
  return (
    category !== TRAIL_CATEGORY ||
    // No caller can name this way in, whatever its subject.
    (origin.intake === TRAIL_ORIGIN.intake &&
      origin.source === TRAIL_ORIGIN.source) ||
    (origin.intake === 'auditor' && id === EVENTS_LOST)
  );
}

/** Whether who sends events can be told which of them are refused. */
export const canBeRefused = ({ intake }: EventOrigin) =>
  SERVICE_INTAKES.includes(intake);

/** The error that refuses events of activities that are the trail's own. */
export function trailActivitiesError(ids: Iterable<string>): InputError {
  return faultsError(
    [...new Set(ids)].map(
      id =>
        `type: "${id}" is kept for what the Audit Trail tells of itself; begin the type with the name of your plugin or service`,
    ),
  );
}

/**
 * What an activity is that has the words of one of the trail and comes from a
 * system that cannot be told so: one of that system's own, not in the catalogue.
 */
export function asForeign(
  activity: ResolvedActivity,
  spelling: string,
  { source }: EventOrigin,
): ResolvedActivity {
  return {
    ...activity,
    id: `${source}.${activity.id.replaceAll('.', '-')}`,
    label: spelling.trim(),
    category: UNMAPPED_CATEGORY,
    mapped: false,
  };
}
