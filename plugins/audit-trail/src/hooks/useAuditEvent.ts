import { useApi } from '@backstage/frontend-plugin-api';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';
import { useLoaded, type Loaded } from './useLoaded';

/** One event, asked for only where it is not known already. */
export function useAuditEvent(
  id: string | undefined,
  known: readonly AuditEvent[] = [],
): Loaded<AuditEvent> {
  const api = useApi(auditTrailApiRef);
  const found = known.find(event => event.id === id);
  const loaded = useLoaded(found || !id ? undefined : id, () =>
    api.getEvent(id!),
  );
  const value = loaded.value?.id === id ? loaded.value : undefined;
  return { ...loaded, value: found ?? value };
}
