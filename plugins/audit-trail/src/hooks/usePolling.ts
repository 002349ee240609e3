import { useEffect } from 'react';

/**
 * Does something at once and then again and again, some time after it was done
 * last, as long as somebody can see the page.
 *
 * @param work - must not be another function on each rendering, and not throw
 * @param everyMs - nothing is done without it
 */
export function usePolling(
  work: () => Promise<void>,
  everyMs: number | undefined,
): void {
  useEffect(() => {
    if (everyMs === undefined) {
      return undefined;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    let working = false;
    let stopped = false;
    const run = async () => {
      clearTimeout(timer);
      if (working || document.visibilityState === 'hidden') {
        return;
      }
      working = true;
      await work();
      working = false;
      if (!stopped) {
        timer = setTimeout(run, everyMs);
      }
    };
    run();
    document.addEventListener('visibilitychange', run);
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', run);
    };
  }, [work, everyMs]);
}
