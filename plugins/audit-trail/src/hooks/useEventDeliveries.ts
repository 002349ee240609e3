import { useCallback, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Delivery,
  Destination,
} from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';
import { useAccess } from './useAccess';
import { usePolling } from './usePolling';

/** How often it is looked whether what is on its way has arrived. */
const EVERY_MS = 3_000;

/** Where an event went, and what became of it there. */
export interface EventDeliveries {
  destinations: readonly Destination[];
  deliveries: readonly Delivery[];
}

/**
 * Where an event went, for those who may know, and as long as it is on its way
 * somewhere anew.
 */
export function useEventDeliveries(eventId: string): {
  value?: EventDeliveries;
  error?: Error;
  retry(): void;
} {
  const api = useApi(auditTrailApiRef);
  const { value: access } = useAccess();
  const [state, setState] = useState<{
    value?: EventDeliveries;
    error?: Error;
  }>({});

  const load = useCallback(async () => {
    try {
      const [{ items: destinations }, { items: deliveries }] =
        await Promise.all([
          api.getDestinations(),
          api.queryDeliveries({ eventId, limit: 500 }),
        ]);
      setState({ value: { destinations, deliveries } });
    } catch (error) {
      setState(old => ({ ...old, error: error as Error }));
    }
  }, [api, eventId]);

  const { value } = state;
  const settled =
    value?.deliveries.every(delivery => delivery.state !== 'pending') ?? false;
  usePolling(load, access?.forwarding && !settled ? EVERY_MS : undefined);

  return { ...state, retry: load };
}
