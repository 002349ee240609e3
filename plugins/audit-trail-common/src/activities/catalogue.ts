import { PORTAL_AREA } from './portalArea';
import { SEGMENT_AREAS } from './segmentAreas';
import { TRAIL_AREA } from './trailArea';

/**
 * One thing that can be done: in Segment, in the portal or with the trail
 * itself.
 *
 * @public
 */
export interface Activity {
  /** Stable id, such as `warehouse.disabled`: an event's `type`. */
  id: string;
  /** Its documented name, such as `Warehouses Disabled`. */
  label: string;
  /** Id of the area it belongs to; see {@link CATEGORIES}. */
  category: string;
  /** What is done, such as `disabled`. */
  verb: string;
  /** Other spellings, in deliveries and in the Public API. */
  aliases: string[];
  /** Whether it takes something away that somebody may miss. */
  harmful: boolean;
}

/**
 * An area of activities.
 *
 * @public
 */
export interface ActivityCategory {
  /** Stable id, such as `warehouses`: an event's `category`. */
  id: string;
  /** The documented name of the area. */
  label: string;
}

const AREAS = [...SEGMENT_AREAS, PORTAL_AREA, TRAIL_AREA];

/** Verbs that take something away that somebody may miss. */
const HARMFUL_VERBS = new Set([
  'blocked',
  'deleted',
  'disabled',
  'disconnected',
  'failed',
  'lost',
  'omitted',
  'removed',
  'revoked',
]);

/** Exceptions from the rule by verb. */
const HARMFUL_BY_ID: Record<string, boolean> = {
  // An invitation can be sent again; nothing in use is lost.
  'user-invite.deleted': false,
  // A saved query; no event is lost with it.
  'audit-trail.view-deleted': false,
  'tracking-plan.violations-detected': true,
  'schema-event-property.rule-edited-to-forbidden': true,
};

/** Schema defaults that make Segment drop data from then on. */
const HARMFUL_ID_PREFIXES = [
  'schema-default.edited-to-block-',
  'schema-default.edited-to-omit-',
];

/**
 * Whether an activity takes something away that somebody may miss, by its verb.
 *
 * @public
 */
export function isHarmful(activity: { id: string; verb: string }): boolean {
  return (
    HARMFUL_BY_ID[activity.id] ??
    (HARMFUL_VERBS.has(activity.verb) ||
      HARMFUL_ID_PREFIXES.some(prefix => activity.id.startsWith(prefix)))
  );
}

/**
 * The areas of activities: Segment's nine in the order of its documentation, the
 * portal, and the trail itself.
 *
 * @public
 */
export const CATEGORIES: readonly ActivityCategory[] = AREAS.map(
  ({ id, label }) => ({ id, label }),
);

/**
 * The catalogue of activities, area by area: all 90 that Segment documents, those
 * of Backstage's own plugins, and what is done with the trail itself.
 *
 * @public
 */
export const ACTIVITIES: readonly Activity[] = AREAS.flatMap(area =>
  area.activities.map(([id, label, verb, ...aliases]) => ({
    id,
    label,
    category: area.id,
    verb,
    aliases,
    harmful: isHarmful({ id, verb }),
  })),
);
