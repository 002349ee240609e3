import { useEffect, useReducer } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { AuditTrailAccess } from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef, knownAccess, loadAccess, onAccess } from '../api';
import { useLoaded, type Loaded } from './useLoaded';

/** What the reader may see of the Audit Trail. */
export function useAccess(): Loaded<AuditTrailAccess> {
  const api = useApi(auditTrailApiRef);
  const [, update] = useReducer((count: number) => count + 1, 0);
  useEffect(() => onAccess(update), []);
  const loaded = useLoaded('access', () => loadAccess(api), knownAccess(api));
  const answer = knownAccess(api);
  return answer ? { ...loaded, value: answer, error: undefined } : loaded;
}
