import { useApi } from '@backstage/frontend-plugin-api';
import type {
  DestinationPreview,
  PreviewDestinationRequest,
} from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';
import { useLoaded, type Loaded } from './useLoaded';

/**
 * How many events a filter would have sent to a destination.
 *
 * @param request - nothing is counted without one
 */
export function useMatchCount(
  destinationId: string,
  request: PreviewDestinationRequest | undefined,
): Loaded<DestinationPreview> {
  const api = useApi(auditTrailApiRef);
  return useLoaded(
    request && JSON.stringify([destinationId, request]),
    async () => api.previewDestination(destinationId, request!),
  );
}
