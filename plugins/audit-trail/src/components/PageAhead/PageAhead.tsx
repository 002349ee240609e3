import { PageLayout } from '@backstage/frontend-plugin-api';
import { Suspense, useEffect, useState } from 'react';
import { useAccess } from '../../hooks';

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

/** What the page consists of, apart from its data. */
async function bringPage(): Promise<void> {
  await import('../AuditTrailPage');
  await import('../ActivityChart/HistogramChart');
}

/**
 * Brings the page's code while nobody waits for it, for those whom the page
 * serves, so that the first click shows it as soon as any other. That of the
 * portal's page layout comes when a layout is rendered; within a page that was
 * loaded itself React shows that half a second later than it could.
 */
export function PageAhead() {
  const { value: access } = useAccess();
  const [idle, setIdle] = useState(false);
  const isServed = Boolean(access?.page);
  useEffect(() => {
    if (!isServed) {
      return undefined;
    }
    return whenIdle(() => {
      setIdle(true);
      bringPage().catch(() => {
        // The page asks for it again, and says what is missing.
      });
    });
  }, [isServed]);
  return idle ? (
    <div hidden>
      <Suspense fallback={null}>
        <PageLayout noHeader>{null}</PageLayout>
      </Suspense>
    </div>
  ) : null;
}
