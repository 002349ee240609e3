import { useApi } from '@backstage/frontend-plugin-api';
import { auditTrailApiRef } from '../api';
import {
  activeFilters,
  withoutActiveFilter,
  type ActiveFilter,
} from '../model/activeFilters';
import type { TrailChoice } from '../model/trailState';
import { leavesOutViews } from '../model/trailViews';
import { filterOf } from './useTrailFilter';
import { useLoaded, type Loaded } from './useLoaded';
import type { TrailUrlState } from './useTrailUrlState';

/** Most filters that are tried one by one. */
const MAX_TRIED = 6;

/** A filter that, once dropped, leaves something to see. */
export interface WayOut {
  active: ActiveFilter;
  count: number;
  capped: boolean;
}

/** What there is to see when a view shows nothing. */
export interface WaysOut {
  /** Whether there is any event at all. */
  anything: boolean;
  ways: WayOut[];
}

/**
 * Which of its filters a view without events has to drop to show some.
 *
 * @param asked - changes whenever the view itself has been asked for anew
 */
export function useWaysOut(
  { state, scoped }: TrailUrlState,
  options: { entityRef?: string; enabled: boolean; asked: unknown },
): Loaded<WaysOut> {
  const { entityRef, enabled, asked } = options;
  const { filter, range, views } = state;
  const api = useApi(auditTrailApiRef);
  const key = enabled
    ? JSON.stringify([filterOf(state, scoped), entityRef, asked])
    : undefined;

  return useLoaded(key, async () => {
    const countOf = (choice: TrailChoice) =>
      api.queryEvents({
        filter: filterOf(choice, scoped),
        entityRef,
        limit: 1,
      });
    const all = await countOf({ filter: {}, range: { preset: 'all' }, views });
    if (all.totalItems === 0) {
      return { anything: false, ways: [] };
    }
    const actives = activeFilters(filter).slice(0, MAX_TRIED);
    if (range.preset !== 'all') {
      actives.push({ kind: 'range' });
    }
    if (!scoped && leavesOutViews(state)) {
      actives.push({ kind: 'views' });
    }
    const tried = await Promise.all(
      actives.map(async (active): Promise<WayOut> => {
        const page = await countOf(
          withoutActiveFilter({ filter, range, views }, active),
        );
        return {
          active,
          count: page.totalItems,
          capped: page.totalItemsCapped,
        };
      }),
    );
    return { anything: true, ways: tried.filter(({ count }) => count > 0) };
  });
}
