import { useCallback, useMemo, useState } from 'react';
import {
  DEFAULT_CHOICE,
  trailStateFromParams,
  type TrailChoice,
  type TrailState,
} from '../model/trailState';
import type { TrailUrlState } from './useTrailUrlState';

const noEvents = () => {};

/**
 * A choice of events that stands nowhere but here, in the form that the page's
 * own filters work on.
 */
export function useLocalTrail(
  initial: TrailChoice = DEFAULT_CHOICE,
): TrailUrlState {
  const [state, setState] = useState<TrailState>(() => ({
    ...trailStateFromParams(new URLSearchParams()),
    ...initial,
  }));
  const change = useCallback(
    (patch: Partial<TrailState>) => setState(old => ({ ...old, ...patch })),
    [],
  );
  return useMemo(
    () => ({
      state,
      scoped: false,
      change,
      // There is no list here whose events could be opened.
      open: noEvents,
      show: noEvents,
      close: noEvents,
    }),
    [state, change],
  );
}
