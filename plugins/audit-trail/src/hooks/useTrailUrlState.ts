import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import {
  trailStateFromParams,
  trailStateToParams,
  type TrailState,
} from '../model/trailState';

/** The view of the trail, and how to change it. */
export interface TrailUrlState {
  state: TrailState;
  /**
   * Changes the view. Whatever changes what is listed starts at the first page
   * again, unless the change itself names one.
   */
  change(patch: Partial<TrailState>, options?: { replace?: boolean }): void;
}

/**
 * The view of the trail as it stands in the URL: a reload, the browser's back
 * button and a link all lead to the same view.
 */
export function useTrailUrlState(): TrailUrlState {
  const { search } = useLocation();
  const navigate = useNavigate();
  const state = useMemo(
    () => trailStateFromParams(new URLSearchParams(search)),
    [search],
  );
  const change = useCallback<TrailUrlState['change']>(
    (patch, options) => {
      const onlyEvent = Object.keys(patch).every(key => key === 'event');
      const next: TrailState = onlyEvent
        ? { ...state, ...patch }
        : { ...state, cursor: undefined, ...patch };
      const params = trailStateToParams(next, new URLSearchParams(search));
      navigate({ search: params.toString() }, { replace: options?.replace });
    },
    [navigate, search, state],
  );
  return { state, change };
}
