import { useEffect, useRef } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { useLocation, useNavigate } from 'react-router-dom';
import type { AuditTrailAccess } from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef, wasAccessMissed } from '../api';

/**
 * Has the router render the page again, at the address and in the state that it
 * is in, if something on it was decided before the answer was there and would
 * now be decided otherwise.
 */
export function useRenderedAnew(access: AuditTrailAccess | undefined): void {
  const api = useApi(auditTrailApiRef);
  const navigate = useNavigate();
  const location = useLocation();
  const doneRef = useRef(false);
  const outdated =
    access !== undefined && access.entities !== 'all' && wasAccessMissed(api);

  useEffect(() => {
    // Once is enough: what is rendered from then on knows the answer.
    if (outdated && !doneRef.current) {
      doneRef.current = true;
      navigate(location, { replace: true, state: location.state });
    }
  }, [outdated, navigate, location]);
}
