import { useApi } from '@backstage/frontend-plugin-api';
import type {
  AuditEventFilter,
  AuditEventFilterPart,
} from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';
import type { ActiveFilter } from '../model/activeFilters';
import { useLoaded, type Loaded } from './useLoaded';

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

/** What the backend would drop, as one of the filters that a view shows. */
function activeOf(
  drop: AuditEventFilterPart,
  { harmful = false, text = '' }: AuditEventFilter,
): ActiveFilter {
  switch (drop.kind) {
    case 'time':
      return { kind: 'range' };
    case 'harmful':
      return { kind: 'harmful', harmful };
    case 'text':
      return { kind: 'text', text };
    default:
      return drop;
  }
}

/**
 * Which of its filters a view without events has to drop to show some.
 *
 * @param filter - what the view has asked for
 * @param asked - changes whenever the view itself has been asked for anew
 */
export function useWaysOut(options: {
  filter: AuditEventFilter;
  entityRef?: string;
  enabled: boolean;
  asked: unknown;
}): Loaded<WaysOut> {
  const { filter, entityRef, enabled, asked } = options;
  const api = useApi(auditTrailApiRef);
  return useLoaded(
    enabled ? JSON.stringify([filter, entityRef, asked]) : undefined,
    async () => {
      const { anything, items } = await api.getWaysOut({ filter, entityRef });
      return {
        anything,
        ways: items.map(({ drop, totalItems, totalItemsCapped }) => ({
          active: activeOf(drop, filter),
          count: totalItems,
          capped: totalItemsCapped,
        })),
      };
    },
  );
}
