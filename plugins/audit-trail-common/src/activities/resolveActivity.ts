import { ACTIVITIES, isHarmful, type Activity } from './catalogue';
import { PORTAL_CATEGORY } from './portalArea';

/**
 * Category of activities that belong to no documented area.
 *
 * @public
 */
export const UNMAPPED_CATEGORY = 'unmapped';

/**
 * What is known of an activity, documented or not.
 *
 * @public
 */
export interface ResolvedActivity {
  /** Stable id; made of the source's spelling if the activity is unmapped. */
  id: string;
  label: string;
  category: string;
  verb: string;
  harmful: boolean;
  /** Whether it stands in the catalogue of activities. */
  mapped: boolean;
}

/** Form of a stable id, such as `catalog.entity-refreshed`. */
const ID_PATTERN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** Words of a spelling in lower case. */
function words(spelling: string): string[] {
  return (
    spelling
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

const singular = (word: string) =>
  /[^s]s$/.test(word) ? word.slice(0, -1) : word;

const lookupKey = (spelling: string) => words(spelling).map(singular).join('-');

const activityById = new Map(
  ACTIVITIES.map(activity => [activity.id, activity]),
);
const activityByKey = new Map<string, Activity>();
/** Activities whose words tell what others mean: ids of plugins do not. */
const TELLING = ACTIVITIES.filter(
  ({ category }) => category !== PORTAL_CATEGORY,
);
/** Verbs of documented activities, and others that Segment uses. */
const VERBS = new Set([
  ...TELLING.map(({ verb }) => verb),
  ...['forced', 'granted', 'invited', 'retrieved', 'revoked', 'saved'],
]);
/** `destination-filter` → `destination-filters`, for undocumented verbs. */
const categoryBySubject = new Map<string, string>();
for (const activity of ACTIVITIES) {
  for (const spelling of [activity.id, activity.label, ...activity.aliases]) {
    activityByKey.set(lookupKey(spelling), activity);
  }
}
for (const { id, category } of TELLING) {
  categoryBySubject.set(lookupKey(id.split('.')[0]), category);
}

/**
 * The documented activity behind any of its spellings or its id, whatever the
 * case, the number (`Warehouse`, `Warehouses`) and the separators.
 *
 * @public
 */
export function findActivity(spelling: string): Activity | undefined {
  // Of each event that is read it is the id, which needs not be taken apart.
  return activityById.get(spelling) ?? activityByKey.get(lookupKey(spelling));
}

/** An undocumented spelling, cut into what it is about and what was done. */
function split(spelling: string): { subject: string; action: string } {
  const dot = spelling.lastIndexOf('.');
  if (ID_PATTERN.test(spelling)) {
    return { subject: spelling.slice(0, dot), action: spelling.slice(dot + 1) };
  }
  const all = words(spelling);
  const verb = all.findIndex((word, at) => at > 0 && VERBS.has(word));
  const at = verb === -1 ? all.length - 1 : verb;
  return {
    subject: all.slice(0, at).join('-'),
    action: all.slice(at).join('-') || 'unknown',
  };
}

/**
 * Everything known of an activity by its spelling. A spelling that is not in
 * the catalogue passes through as unmapped: its id is itself if it has the form
 * of one (`catalog.entity-refreshed`), else made of its own words; its verb is
 * the first one that is known, else its last word; and its category is that of
 * documented activities on the same subject (`Destination Filter Enabled`),
 * else `unmapped`.
 *
 * @public
 */
export function resolveActivity(spelling: string): ResolvedActivity {
  const activity = findActivity(spelling);
  if (activity) {
    const { id, label, category, verb, harmful } = activity;
    return { id, label, category, verb, harmful, mapped: true };
  }
  const { subject, action } = split(spelling);
  const id = subject ? `${subject}.${action}` : action;
  const verb = action.split('-').find(word => VERBS.has(word)) ?? action;
  return {
    id,
    label: spelling.trim(),
    category: categoryBySubject.get(lookupKey(subject)) ?? UNMAPPED_CATEGORY,
    verb,
    harmful: isHarmful({ id, verb }),
    mapped: false,
  };
}
