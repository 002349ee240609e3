import { useApi } from '@backstage/frontend-plugin-api';
import type {
  AuditEventFacets,
  AuditEventFilter,
} from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';
import { useLoaded, type Loaded } from './useLoaded';

/** The choices of a filter with counts, once somebody needs them. */
export function useFacets(options: {
  filter: AuditEventFilter;
  entityRef?: string;
  enabled: boolean;
}): Loaded<AuditEventFacets> {
  const api = useApi(auditTrailApiRef);
  const request = { filter: options.filter, entityRef: options.entityRef };
  return useLoaded(options.enabled ? JSON.stringify(request) : undefined, () =>
    api.getFacets(request),
  );
}
