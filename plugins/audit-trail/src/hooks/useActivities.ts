import { useApi } from '@backstage/frontend-plugin-api';
import { auditTrailApiRef } from '../api';
import { learnActivities } from '../model/knownActivities';
import { useLoaded } from './useLoaded';

/**
 * Learns what activities plugins add to the catalogue, and renders anew when
 * that is known. Without an answer the catalogue itself has to do.
 */
export function useActivities(): void {
  const api = useApi(auditTrailApiRef);
  useLoaded('activities', async () => {
    const answer = await api.getActivities({ unmapped: false });
    learnActivities(answer);
    return answer;
  });
}
