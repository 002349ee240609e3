import {
  UNMAPPED_CATEGORY,
  type AuditEventFacet,
} from 'backstage-plugin-audit-trail-common';
import type { Translate } from '../translation';
import { setValues, withoutExclusion } from './activeFilters';
import { categoryOf, knownActivities } from './knownActivities';
import type { TrailFilter } from './trailState';

/** One activity to choose. */
export interface EventChoice {
  value: string;
  label: string;
  count?: number;
}

/** An area of activities to choose from, or to choose as a whole. */
export interface EventChoiceGroup extends EventChoice {
  choices: EventChoice[];
}

/**
 * The activities by area: all that are known, and what else is stored or
 * chosen.
 */
export function eventChoiceGroups(
  t: Translate,
  options: {
    types?: AuditEventFacet[];
    categories?: AuditEventFacet[];
    chosen?: readonly string[];
  },
): EventChoiceGroup[] {
  const facets = new Map(options.types?.map(facet => [facet.value, facet]));
  const { items, categories } = knownActivities();
  const labels = new Map(items.map(({ id, label }) => [id, label]));
  for (const type of [...facets.keys(), ...(options.chosen ?? [])]) {
    if (!labels.has(type)) {
      labels.set(type, facets.get(type)?.label ?? type);
    }
  }
  const areas = [
    ...categories,
    { id: UNMAPPED_CATEGORY, label: t('category.unmapped') },
  ];
  const counts = new Map(
    options.categories?.map(({ value, count }) => [value, count]),
  );
  return areas
    .map(area => {
      const choices = [...labels]
        .filter(([type]) => categoryOf(type) === area.id)
        .map(([value, label]) => ({
          value,
          label,
          count: options.types && (facets.get(value)?.count ?? 0),
        }));
      // The view may leave some of an area's events out by their type, which
      // whoever chooses the area gets all the same.
      const inChoices = choices.reduce((sum, { count = 0 }) => sum + count, 0);
      return {
        value: area.id,
        label: area.label,
        count:
          options.categories && Math.max(counts.get(area.id) ?? 0, inChoices),
        choices,
      };
    })
    .filter(group => group.choices.length > 0);
}

/** Whether a group is chosen as a whole, in part, or not at all. */
export function groupSelection(
  filter: TrailFilter,
  group: EventChoiceGroup,
): 'all' | 'some' | 'none' {
  if (filter.categories?.includes(group.value) && !filter.types?.length) {
    return 'all';
  }
  const chosen = group.choices.filter(({ value }) =>
    isTypeChosen(filter, value),
  );
  if (chosen.length === 0) {
    return 'none';
  }
  return chosen.length === group.choices.length ? 'all' : 'some';
}

/**
 * Whether an activity is chosen, by itself or with its area. Where a link has
 * both areas and activities, an event has to match both.
 */
export function isTypeChosen(filter: TrailFilter, type: string): boolean {
  const { types = [], categories = [] } = filter;
  return (
    types.length + categories.length > 0 &&
    (types.length === 0 || types.includes(type)) &&
    (categories.length === 0 || categories.includes(categoryOf(type)))
  );
}

/**
 * The filter with other activities chosen. An event has to match the list of
 * types *and* that of areas, so that whole areas can stand as such only where
 * no single activity is chosen beside them; else they stand as their types.
 */
function withChoice(
  filter: TrailFilter,
  groups: EventChoiceGroup[],
  chosen: Set<string>,
): TrailFilter {
  const whole = groups.filter(
    ({ choices }) =>
      choices.length > 0 && choices.every(({ value }) => chosen.has(value)),
  );
  const inWhole = whole.reduce((sum, { choices }) => sum + choices.length, 0);
  const asAreas = whole.length > 0 && inWhole === chosen.size;
  const types = asAreas ? [] : [...chosen];
  const categories = asAreas ? whole.map(({ value }) => value) : [];
  const included = withoutExclusion(
    withoutExclusion(filter, 'types', [...chosen]),
    'categories',
    [...chosen].map(categoryOf),
  );
  return setValues(
    setValues(included, 'types', types),
    'categories',
    categories,
  );
}

function chosenTypes(filter: TrailFilter, groups: EventChoiceGroup[]) {
  return new Set(
    groups
      .flatMap(({ choices }) => choices.map(({ value }) => value))
      .filter(type => isTypeChosen(filter, type)),
  );
}

/** Chooses one activity, or no longer. */
export function toggleType(
  filter: TrailFilter,
  groups: EventChoiceGroup[],
  type: string,
): TrailFilter {
  const chosen = chosenTypes(filter, groups);
  if (!chosen.delete(type)) {
    chosen.add(type);
  }
  return withChoice(filter, groups, chosen);
}

/** Chooses an area as a whole, or nothing of it. */
export function toggleGroup(
  filter: TrailFilter,
  groups: EventChoiceGroup[],
  group: EventChoiceGroup,
): TrailFilter {
  const chosen = chosenTypes(filter, groups);
  const add = groupSelection(filter, group) !== 'all';
  for (const { value } of group.choices) {
    if (add) {
      chosen.add(value);
    } else {
      chosen.delete(value);
    }
  }
  return withChoice(filter, groups, chosen);
}
