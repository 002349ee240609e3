import { useEffect, useReducer } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { AuditTrailAccess } from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef, type AuditTrailApi } from '../api';
import { useLoaded, type Loaded } from './useLoaded';

/**
 * Answers that have been given already. Navigation entries mount their icons
 * anew with each change of the sidebar, and must not flicker meanwhile.
 */
const known = new WeakMap<AuditTrailApi, AuditTrailAccess>();
/** Everyone who wants to know, so that one's retry serves all. */
const listeners = new Set<() => void>();

/** What the reader may see of the Audit Trail. */
export function useAccess(): Loaded<AuditTrailAccess> {
  const api = useApi(auditTrailApiRef);
  const [, update] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    listeners.add(update);
    return () => {
      listeners.delete(update);
    };
  }, []);
  const loaded = useLoaded(
    'access',
    async () => {
      const access = await api.getAccess();
      known.set(api, access);
      listeners.forEach(listener => listener());
      return access;
    },
    known.get(api),
  );
  const answer = known.get(api);
  return answer ? { ...loaded, value: answer, error: undefined } : loaded;
}
