import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  AuditEventCount,
  AuditEventFilter,
} from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';

/** How soon it is looked for newer events, in milliseconds. */
const FIRST_MS = 30_000;
/** How seldom at most: where nothing comes, or the backend does not answer. */
const MOST_MS = 5 * 60_000;

/**
 * How many events came to a list since its first page was read, looked for as
 * long as somebody can see the page: less and less often where nothing comes,
 * and no more once there are more than are counted.
 *
 * @param request - what the first page was asked for with, and the cursor that
 * it gave; `undefined` where another page is shown
 */
export function useNewerEvents(
  request:
    | { filter: AuditEventFilter; entityRef?: string; cursor: string }
    | undefined,
): AuditEventCount | undefined {
  const api = useApi(auditTrailApiRef);
  const key = request && JSON.stringify(request);
  const [found, setFound] = useState<{ key: string; count: AuditEventCount }>();

  useEffect(() => {
    if (!key) {
      return undefined;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    let working = false;
    let due = Date.now() + FIRST_MS;
    let pause = FIRST_MS;
    let known = 0;

    const look = async () => {
      working = true;
      try {
        const count = await api.countNewerEvents(JSON.parse(key));
        if (!stopped) {
          setFound({ key, count });
          pause =
            count.totalItems > known ? FIRST_MS : Math.min(2 * pause, MOST_MS);
          known = count.totalItems;
          stopped = count.totalItemsCapped;
        }
      } catch {
        // Nobody asked for it, so nobody is told that there was no answer.
        pause = Math.min(2 * pause, MOST_MS);
      }
      working = false;
      due = Date.now() + pause;
      wait();
    };
    function wait() {
      clearTimeout(timer);
      if (!stopped && !working && document.visibilityState !== 'hidden') {
        timer = setTimeout(look, Math.max(0, due - Date.now()));
      }
    }
    wait();
    document.addEventListener('visibilitychange', wait);
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', wait);
    };
  }, [api, key]);

  return found && found.key === key ? found.count : undefined;
}
