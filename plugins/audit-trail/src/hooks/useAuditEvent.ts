import { useRef } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';
import { useLoaded, type Loaded } from './useLoaded';

/**
 * One event, asked for only where it is not known already. Events never change,
 * so that one that was known stays so when the list around it is another.
 */
export function useAuditEvent(
  id: string | undefined,
  known: readonly AuditEvent[] = [],
): Loaded<AuditEvent> {
  const api = useApi(auditTrailApiRef);
  const lastRef = useRef<AuditEvent>();
  const last = lastRef.current?.id === id ? lastRef.current : undefined;
  const found = known.find(event => event.id === id) ?? last;
  const loaded = useLoaded(found || !id ? undefined : id, () =>
    api.getEvent(id!),
  );
  const value = found ?? (loaded.value?.id === id ? loaded.value : undefined);
  if (value) {
    lastRef.current = value;
  }
  return { ...loaded, value };
}
