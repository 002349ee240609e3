import { useRef } from 'react';
import type { AuditEventFilter } from 'backstage-plugin-audit-trail-common';
import { resolveTimeRange, type TimeBounds } from '../model/timeRange';
import type { TrailChoice } from '../model/trailState';
import { leavesOutViews, withoutViews } from '../model/trailViews';
import type { TrailUrlState } from './useTrailUrlState';

/**
 * The filter that a view asks the backend for at this moment.
 *
 * @param scoped - whether it is of one entity, to which no view of the trail
 * belongs
 */
export function filterOf(
  choice: TrailChoice,
  scoped: boolean,
  ends: TimeBounds = resolveTimeRange(choice.range),
): AuditEventFilter {
  const filter = { ...choice.filter, ...ends };
  return !scoped && leavesOutViews(choice) ? withoutViews(filter) : filter;
}

/**
 * The filter that a view asks the backend for, with the ends of its time range
 * fixed: a preset moves on with the clock, but not under the eyes of somebody
 * who reads, whose later pages would be another filter's.
 *
 * @param refreshed - changes when the reader asks for what is new; then, on the
 * first page, the range moves on
 */
export function useTrailFilter(
  { state, scoped }: TrailUrlState,
  refreshed: number,
): AuditEventFilter {
  const fixed = useRef<{
    range: string;
    refreshed: number;
    ends: TimeBounds;
  }>();
  const range = JSON.stringify(state.range);
  const movesOn = fixed.current?.refreshed !== refreshed && !state.cursor;
  if (fixed.current?.range !== range || movesOn) {
    fixed.current = { range, refreshed, ends: resolveTimeRange(state.range) };
  }
  return filterOf(state, scoped, fixed.current.ends);
}
