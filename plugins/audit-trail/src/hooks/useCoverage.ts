import { useApi } from '@backstage/frontend-plugin-api';
import type { CoverageResponse } from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';
import { useLoaded, type Loaded } from './useLoaded';

/**
 * Which time the trail covers completely.
 *
 * @param asked - asks again whenever it changes
 */
export function useCoverage(asked: unknown = ''): Loaded<CoverageResponse> {
  const api = useApi(auditTrailApiRef);
  return useLoaded(`coverage ${asked}`, () => api.getCoverage());
}
