import {
  TRAIL_READ_TYPES,
  type AuditEventFilter,
} from 'backstage-plugin-audit-trail-common';
import { activeFilters, setValues, type ActiveFilter } from './activeFilters';
import { DEFAULT_PRESET, type TimeBounds } from './timeRange';
import type { TrailChoice } from './trailState';
import { leavesOutViews, withoutViews } from './trailViews';

/**
 * The filter of a destination as a choice of the page: who viewed the trail is
 * left out of both in the same way, unless somebody wants it.
 */
export function choiceOfFilter(filter: AuditEventFilter): TrailChoice {
  const { from, to, ...rest } = filter;
  const range = { preset: DEFAULT_PRESET };
  const { types = [], categories = [] } = rest;
  if (types.length > 0 || categories.length > 0) {
    return { filter: rest, range, views: false };
  }
  const excluded = rest.not?.types ?? [];
  return TRAIL_READ_TYPES.every(type => excluded.includes(type))
    ? { filter: withoutReadTypes(rest), range, views: false }
    : { filter: rest, range, views: true };
}

function withoutReadTypes(filter: TrailChoice['filter']) {
  const kept = (filter.not?.types ?? []).filter(
    type => !TRAIL_READ_TYPES.some(read => read === type),
  );
  return setValues(filter, 'types', kept, true);
}

/**
 * The filter of a destination that a choice stands for.
 *
 * @param bounds - times that the destination is bound to, if there are any
 */
export function filterOfChoice(
  choice: TrailChoice,
  bounds: TimeBounds = {},
): AuditEventFilter {
  const filter = { ...choice.filter, ...bounds };
  return leavesOutViews(choice) ? withoutViews(filter) : filter;
}

/** The times that a filter is bound to. */
export function boundsOf({ from, to }: AuditEventFilter): TimeBounds {
  return { ...(from && { from }), ...(to && { to }) };
}

/** All that a destination's filter asks for, in the order of the chips. */
export function activeDestinationFilters(
  filter: AuditEventFilter,
): ActiveFilter[] {
  const choice = choiceOfFilter(filter);
  const actives = activeFilters(choice.filter);
  return leavesOutViews(choice) ? [...actives, { kind: 'views' }] : actives;
}

/** Whether a filter has ids that people know by a name. */
export function hasNamedValues(filter: AuditEventFilter): boolean {
  return [filter, filter.not].some(
    values =>
      values?.actors?.length ||
      values?.resources?.length ||
      values?.workspaces?.length,
  );
}
