import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import {
  trailStateFromParams,
  trailStateToParams,
  type TrailState,
} from '../model/trailState';

/** The view of the trail, and how to change it. */
export interface TrailUrlState {
  state: TrailState;
  /** Whether it is the trail of one entity. */
  scoped: boolean;
  /**
   * Changes the view. Whatever changes what is listed starts at the first page
   * again, unless the change itself names one.
   */
  change(patch: Partial<TrailState>, options?: { replace?: boolean }): void;
  /** Opens an event of the list in the drawer. */
  open(event: string): void;
  /** Shows another event in the drawer that is open. */
  show(event: string): void;
  /** Closes the drawer, so that the back button does not lead to it again. */
  close(): void;
}

/** What a history entry remembers: that the one before it is the list alone. */
interface OpenedState {
  auditTrailOpened?: boolean;
}

/**
 * The view of the trail as it stands in the URL: a reload, the browser's back
 * button and a link all lead to the same view.
 */
export function useTrailUrlState(scoped: boolean): TrailUrlState {
  const { search, state: remembered } = useLocation();
  const navigate = useNavigate();
  const state = useMemo(
    () => trailStateFromParams(new URLSearchParams(search)),
    [search],
  );
  const goTo = useCallback(
    (
      patch: Partial<TrailState>,
      options: { replace?: boolean; state?: unknown } = {},
    ) => {
      const onlyEvent = Object.keys(patch).every(key => key === 'event');
      const next: TrailState = onlyEvent
        ? { ...state, ...patch }
        : { ...state, cursor: undefined, ...patch };
      const params = trailStateToParams(next, new URLSearchParams(search));
      navigate({ search: params.toString() }, options);
    },
    [navigate, search, state],
  );

  const opened = Boolean((remembered as OpenedState | null)?.auditTrailOpened);
  const change = useCallback<TrailUrlState['change']>(
    (patch, options) =>
      // What is chosen in the drawer takes the place of the drawer.
      goTo(patch, { replace: options?.replace ?? opened }),
    [goTo, opened],
  );
  const open = useCallback(
    (event: string) =>
      goTo({ event }, { state: { auditTrailOpened: true } as OpenedState }),
    [goTo],
  );
  const show = useCallback(
    (event: string) => goTo({ event }, { replace: true, state: remembered }),
    [goTo, remembered],
  );
  // Going back takes a moment, in which Escape may be pressed again.
  const leavingRef = useRef(false);
  useEffect(() => {
    leavingRef.current = false;
  }, [search]);
  const close = useCallback(() => {
    if (!opened) {
      goTo({ event: undefined }, { replace: true });
    } else if (!leavingRef.current) {
      leavingRef.current = true;
      navigate(-1);
    }
  }, [goTo, navigate, opened]);

  return { state, scoped, change, open, show, close };
}
