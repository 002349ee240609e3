import { useApi } from '@backstage/frontend-plugin-api';
import type {
  AuditEventFilter,
  AuditEventPage,
} from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';
import { useLoaded, type Loaded } from './useLoaded';

/**
 * How many events a filter chooses.
 *
 * @param filter - nothing is counted without one
 */
export function useMatchCount(
  filter: AuditEventFilter | undefined,
): Loaded<Pick<AuditEventPage, 'totalItems' | 'totalItemsCapped'>> {
  const api = useApi(auditTrailApiRef);
  return useLoaded(filter && JSON.stringify(filter), () =>
    api.queryEvents({ filter, limit: 1 }),
  );
}
