import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { Delivery } from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';

/** Dead letters a page. */
const PAGE = 50;
/** Most that the backend gives at once. */
const MAX_PAGE = 500;

/** What a destination did not take, page by page. */
export interface DeadLetters {
  /** All that were loaded; `undefined` while the first are on their way. */
  items?: readonly Delivery[];
  error?: Error;
  loading: boolean;
  /** Loads the next page; left out on the last. */
  more?: () => void;
  /** Loads anew what is shown. */
  reload(): void;
}

/**
 * What was given up for a destination.
 *
 * @param count - how many there are; when that changes they are loaded anew
 */
export function useDeadLetters(
  destination: string,
  count: number,
): DeadLetters {
  const api = useApi(auditTrailApiRef);
  const [state, setState] = useState<{
    items?: readonly Delivery[];
    nextCursor?: string;
    error?: Error;
    loading: boolean;
  }>({ loading: true });
  const shownRef = useRef(0);
  const turnRef = useRef(0);

  const load = useCallback(
    async (cursor?: string) => {
      turnRef.current += 1;
      const turn = turnRef.current;
      setState(old => ({ ...old, error: undefined, loading: true }));
      try {
        const page = await api.queryDeliveries({
          destination,
          state: 'dead',
          limit: cursor
            ? PAGE
            : Math.min(MAX_PAGE, Math.max(PAGE, shownRef.current)),
          cursor,
        });
        if (turn === turnRef.current) {
          setState(old => {
            const items = cursor
              ? [...(old.items ?? []), ...page.items]
              : page.items;
            shownRef.current = items.length;
            return {
              items,
              nextCursor: page.pageInfo.nextCursor,
              loading: false,
            };
          });
        }
      } catch (error) {
        if (turn === turnRef.current) {
          setState(old => ({ ...old, error: error as Error, loading: false }));
        }
      }
    },
    [api, destination],
  );
  useEffect(() => {
    load();
  }, [load, count]);

  const { nextCursor, ...shown } = state;
  return {
    ...shown,
    more: nextCursor ? () => load(nextCursor) : undefined,
    reload: () => load(),
  };
}
