import { useApi } from '@backstage/frontend-plugin-api';
import type { AuditEventPage } from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';
import { resolveTimeRange } from '../model/timeRange';
import { useLoaded, type Loaded } from './useLoaded';

/** The latest events of an entity, of the last 90 days. */
export function useEntityEvents(
  entityRef: string,
  limit: number,
): Loaded<AuditEventPage> {
  const api = useApi(auditTrailApiRef);
  const request = {
    entityRef,
    limit,
    filter: resolveTimeRange({ preset: '90d' }),
  };
  return useLoaded(JSON.stringify(request), () => api.queryEvents(request));
}
