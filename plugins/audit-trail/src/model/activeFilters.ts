import type { AuditEventValues } from 'backstage-plugin-audit-trail-common';
import { DEFAULT_PRESET } from './timeRange';
import type { TrailChoice, TrailFilter } from './trailState';

/** A list of a filter, such as `actors`. */
export type FilterField = keyof AuditEventValues;

/** One thing that a filter asks for and that can be dropped by itself. */
export type ActiveFilter =
  | { kind: 'value'; field: FilterField; value: string; excluded: boolean }
  | { kind: 'harmful'; harmful: boolean }
  | { kind: 'text'; text: string }
  | { kind: 'range' }
  /** That who viewed the trail is left out. */
  | { kind: 'views' };

const FIELDS: FilterField[] = [
  'categories',
  'types',
  'actors',
  'actorTypes',
  'resources',
  'workspaces',
  'sources',
  'outcomes',
];

/** Sets one list of a filter; an empty list is left out. */
export function setValues(
  filter: TrailFilter,
  field: FilterField,
  values: readonly string[],
  excluded = false,
): TrailFilter {
  const { not, ...rest } = filter;
  const target: Record<string, unknown> = excluded ? { ...not } : { ...rest };
  if (values.length > 0) {
    target[field] = [...values];
  } else {
    delete target[field];
  }
  const nextNot = excluded ? target : not;
  return {
    ...(excluded ? rest : target),
    ...(nextNot && Object.keys(nextNot).length > 0 && { not: nextNot }),
  };
}

function valuesOf(
  filter: TrailFilter,
  field: FilterField,
  excluded: boolean,
): readonly string[] {
  return (excluded ? filter.not?.[field] : filter[field]) ?? [];
}

/** Adds a value to a list of a filter, or takes it out. */
export function toggleValue(
  filter: TrailFilter,
  field: FilterField,
  value: string,
): TrailFilter {
  const values = valuesOf(filter, field, false);
  if (values.includes(value)) {
    const others = values.filter(other => other !== value);
    return setValues(filter, field, others);
  }
  return withoutExclusion(setValues(filter, field, [...values, value]), field, [
    value,
  ]);
}

/** What is asked for is no longer left out. */
export function withoutExclusion(
  filter: TrailFilter,
  field: FilterField,
  wanted: readonly string[],
): TrailFilter {
  const kept = valuesOf(filter, field, true).filter(
    value => !wanted.includes(value),
  );
  return setValues(filter, field, kept, true);
}

/** "Only this" or "not this" of one value. */
export function narrowTo(
  filter: TrailFilter,
  field: FilterField,
  value: string,
  excluded: boolean,
): TrailFilter {
  const others = valuesOf(filter, field, !excluded).filter(
    other => other !== value,
  );
  const cleared = setValues(filter, field, others, !excluded);
  const kept = excluded ? valuesOf(filter, field, true) : [];
  return setValues(
    cleared,
    field,
    [...kept.filter(other => other !== value), value],
    excluded,
  );
}

/** All that a view filters by, in the order of the chips. */
export function activeFilters(filter: TrailFilter): ActiveFilter[] {
  const result: ActiveFilter[] = [];
  if (filter.text) {
    result.push({ kind: 'text', text: filter.text });
  }
  for (const excluded of [false, true]) {
    for (const field of FIELDS) {
      for (const value of valuesOf(filter, field, excluded)) {
        result.push({ kind: 'value', field, value, excluded });
      }
    }
  }
  if (filter.harmful !== undefined) {
    result.push({ kind: 'harmful', harmful: filter.harmful });
  }
  return result;
}

/** The view without one of the things it filters by, on its first page. */
export function withoutActiveFilter(
  choice: TrailChoice,
  active: ActiveFilter,
): TrailChoice {
  const { filter, range, views } = choice;
  switch (active.kind) {
    case 'range':
      return { filter, range: { preset: 'all' }, views };
    case 'views':
      return { filter, range, views: true };
    case 'text': {
      const { text, ...rest } = filter;
      return { filter: rest, range, views };
    }
    case 'harmful': {
      const { harmful, ...rest } = filter;
      return { filter: rest, range, views };
    }
    default: {
      const { field, value, excluded } = active;
      const values = valuesOf(filter, field, excluded);
      const kept = values.filter(other => other !== value);
      return {
        filter: setValues(filter, field, kept, excluded),
        range,
        views,
      };
    }
  }
}

/** Whether somebody has chosen what a view shows. */
export function isChosen(choice: TrailChoice): boolean {
  return (
    activeFilters(choice.filter).length > 0 ||
    choice.range.preset !== DEFAULT_PRESET ||
    choice.views
  );
}
