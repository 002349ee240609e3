import { useApi } from '@backstage/frontend-plugin-api';
import type { RelatedEvents } from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';
import { useLoaded, type Loaded } from './useLoaded';

/**
 * How much happened around an event.
 *
 * @param entityRef - counts events of this entity only
 */
export function useRelatedEvents(
  eventId: string,
  entityRef: string | undefined,
): Loaded<RelatedEvents> {
  const api = useApi(auditTrailApiRef);
  return useLoaded(JSON.stringify([eventId, entityRef]), () =>
    api.getRelatedEvents(eventId, { entityRef }),
  );
}
