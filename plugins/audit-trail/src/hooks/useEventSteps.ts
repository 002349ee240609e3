import { useEffect, useState } from 'react';
import type {
  AuditEvent,
  AuditEventPage,
} from 'backstage-plugin-audit-trail-common';
import type { Loaded } from './useLoaded';
import type { TrailUrlState } from './useTrailUrlState';

/** The ways from the event in the drawer to those beside it in the list. */
export interface EventSteps {
  /** Whether the event is in the list that is shown. */
  listed: boolean;
  /** Whether another page of the list is on its way. */
  moving: boolean;
  previous?: () => void;
  next?: () => void;
}

const NO_EVENTS: readonly AuditEvent[] = [];

/** From one event to the next, over the edges of the pages of results. */
export function useEventSteps(
  { state, change, show }: TrailUrlState,
  page: Loaded<AuditEventPage>,
): EventSteps {
  const { event, cursor } = state;
  // The page that is on its way, and which of its events to show then.
  const [turning, setTurning] = useState<{
    cursor: string;
    edge: 'first' | 'last';
  }>();
  const items = page.value?.items ?? NO_EVENTS;
  const pageInfo = page.value?.pageInfo;

  useEffect(() => {
    if (!turning || (turning.cursor === cursor && page.loading)) {
      return;
    }
    setTurning(undefined);
    const target =
      turning.edge === 'first' ? items[0] : items[items.length - 1];
    if (event && target && turning.cursor === cursor && !page.error) {
      show(target.id);
    }
  }, [turning, cursor, event, items, page.error, page.loading, show]);

  const index = items.findIndex(({ id }) => id === event);
  const step = (
    neighbour: AuditEvent | undefined,
    nextCursor: string | undefined,
    edge: 'first' | 'last',
  ) => {
    if (index < 0 || turning || page.loading) {
      return undefined;
    }
    if (neighbour) {
      return () => show(neighbour.id);
    }
    return nextCursor
      ? () => {
          setTurning({ cursor: nextCursor, edge });
          change({ cursor: nextCursor, event }, { replace: true });
        }
      : undefined;
  };
  return {
    listed: index >= 0,
    moving: Boolean(turning) || page.loading,
    previous: step(items[index - 1], pageInfo?.prevCursor, 'last'),
    next: step(items[index + 1], pageInfo?.nextCursor, 'first'),
  };
}
