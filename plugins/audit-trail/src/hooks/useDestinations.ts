import { useCallback, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { Destination } from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';
import { usePolling } from './usePolling';

/** How long an answer is good for, in milliseconds. */
const EVERY_MS = 5_000;

/** The destinations, kept up to date. */
export interface Destinations {
  /** The last that is known of them. */
  value?: readonly Destination[];
  /** When that was, in milliseconds. */
  at: number;
  /** Why it is not known how they are now. */
  error?: Error;
  /** Asks now. */
  refresh(): Promise<void>;
  /** Takes note of what a change of a destination has answered. */
  replace(destination: Destination): void;
}

/** The destinations, asked for anew as long as somebody can see the page. */
export function useDestinations(): Destinations {
  const api = useApi(auditTrailApiRef);
  const [state, setState] = useState<
    Pick<Destinations, 'value' | 'at' | 'error'>
  >(() => ({ at: Date.now() }));
  // An answer to a question from before a change knows nothing of the change.
  const turnRef = useRef(0);

  const refresh = useCallback(async () => {
    turnRef.current += 1;
    const turn = turnRef.current;
    try {
      const { items } = await api.getDestinations();
      if (turn === turnRef.current) {
        setState({ value: items, at: Date.now() });
      }
    } catch (error) {
      if (turn === turnRef.current) {
        setState(old => ({ ...old, error: error as Error }));
      }
    }
  }, [api]);
  usePolling(refresh, EVERY_MS);

  const replace = useCallback((destination: Destination) => {
    turnRef.current += 1;
    setState(({ value }) => ({
      value: value?.map(other =>
        other.id === destination.id ? destination : other,
      ),
      at: Date.now(),
    }));
  }, []);

  return { ...state, refresh, replace };
}
