import { useApi } from '@backstage/frontend-plugin-api';
import { auditTrailApiRef } from '../api';
import {
  activeFilters,
  withoutActiveFilter,
  type ActiveFilter,
} from '../model/activeFilters';
import type { TrailState } from '../model/trailState';
import { filterOf } from './useTrailFilter';
import { useLoaded, type Loaded } from './useLoaded';

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

/** Which of its filters a view without events has to drop to show some. */
export function useWaysOut(options: {
  state: TrailState;
  entityRef?: string;
  enabled: boolean;
}): Loaded<WaysOut> {
  const { state, entityRef, enabled } = options;
  const { filter, range } = state;
  const api = useApi(auditTrailApiRef);
  const key = enabled
    ? JSON.stringify([filterOf(state), entityRef])
    : undefined;

  return useLoaded(key, async () => {
    const all = await api.queryEvents({ entityRef, limit: 1 });
    if (all.totalItems === 0) {
      return { anything: false, ways: [] };
    }
    const actives = activeFilters(filter).slice(0, MAX_TRIED);
    if (range.preset !== 'all') {
      actives.push({ kind: 'range' });
    }
    const tried = await Promise.all(
      actives.map(async (active): Promise<WayOut> => {
        const page = await api.queryEvents({
          filter: filterOf(withoutActiveFilter({ filter, range }, active)),
          entityRef,
          limit: 1,
        });
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
