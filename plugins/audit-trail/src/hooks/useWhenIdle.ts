import { useEffect, useState } from 'react';

/** Where a browser does not tell when it is idle: when most portals are. */
const START_MS = 3_000;

function whenIdle(callback: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(callback, START_MS);
    return () => clearTimeout(timer);
  }
  const handle = window.requestIdleCallback(callback);
  return () => window.cancelIdleCallback(handle);
}

/**
 * Whether the browser has had nothing else to do, since there is something for
 * which that is waited for.
 */
export function useWhenIdle(waiting: boolean): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(
    () => (waiting ? whenIdle(() => setIdle(true)) : undefined),
    [waiting],
  );
  return idle;
}
