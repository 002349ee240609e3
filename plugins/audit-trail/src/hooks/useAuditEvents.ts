import { useEffect } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  AuditEventFilter,
  AuditEventPage,
} from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';
import { statusOf } from '../model/errors';
import { useLoaded, type Loaded } from './useLoaded';
import type { TrailUrlState } from './useTrailUrlState';

/**
 * The page of events that a view shows. A cursor that the backend no longer
 * takes, because it is of another time or another reader, gives way
 * to the first page.
 */
export function useAuditEvents(
  { state, change }: TrailUrlState,
  filter: AuditEventFilter,
  entityRef: string | undefined,
): Loaded<AuditEventPage> {
  const api = useApi(auditTrailApiRef);
  const { limit, cursor, order } = state;
  const request = {
    filter,
    entityRef,
    limit,
    cursor,
    order,
  };
  const page = useLoaded(JSON.stringify(request), () =>
    api.queryEvents(request),
  );
  const cursorRefused = Boolean(cursor) && statusOf(page.error) === 400;

  useEffect(() => {
    if (cursorRefused) {
      change({ cursor: undefined }, { replace: true });
    }
  }, [cursorRefused, change]);

  return cursorRefused ? { ...page, error: undefined, loading: true } : page;
}
