import { useApi } from '@backstage/frontend-plugin-api';
import type { AuditTrailAccess } from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef, type AuditTrailApi } from '../api';
import { useLoaded, type Loaded } from './useLoaded';

/**
 * Answers that have been given already. Navigation entries mount their icons
 * anew with each change of the sidebar, and must not flicker meanwhile.
 */
const known = new WeakMap<AuditTrailApi, AuditTrailAccess>();

/** What the reader may see of the Audit Trail. */
export function useAccess(): Loaded<AuditTrailAccess> {
  const api = useApi(auditTrailApiRef);
  return useLoaded(
    'access',
    async () => {
      const access = await api.getAccess();
      known.set(api, access);
      return access;
    },
    known.get(api),
  );
}
