import { useApi } from '@backstage/frontend-plugin-api';
import type {
  AuditEventFilter,
  AuditEventHistogram,
} from 'backstage-plugin-audit-trail-common';
import { DateTime } from 'luxon';
import { auditTrailApiRef } from '../api';
import type { TimeZone } from '../model/times';
import { useLoaded, type Loaded } from './useLoaded';

/** How many events there were when, by the clocks of a zone. */
export function useHistogram(options: {
  filter: AuditEventFilter;
  entityRef?: string;
  zone: TimeZone;
  /** Most bars. */
  buckets?: number;
  enabled?: boolean;
}): Loaded<AuditEventHistogram> {
  const api = useApi(auditTrailApiRef);
  const { filter, entityRef, zone, buckets, enabled = true } = options;
  const timeZone = zone === 'utc' ? 'UTC' : DateTime.local().zoneName ?? 'UTC';
  const request = { filter, entityRef, timeZone, buckets };
  return useLoaded(enabled ? JSON.stringify(request) : undefined, () =>
    api.getHistogram(request),
  );
}
