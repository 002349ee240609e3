import { PageLayout } from '@backstage/frontend-plugin-api';
import { Suspense, useEffect } from 'react';
import { useAccess, useWhenIdle } from '../../hooks';

/** What the page consists of, apart from its data. */
async function bringPage(): Promise<void> {
  const { loadChart } = await import('../AuditTrailPage');
  await loadChart();
}

/**
 * Brings the page's code while nobody waits for it, for those whom the page
 * serves, so that the first click shows it as soon as any other. That of the
 * portal's page layout comes when a layout is rendered; within a page that was
 * loaded itself React shows that half a second later than it could.
 */
export function PageAhead() {
  const { value: access } = useAccess();
  const idle = useWhenIdle(Boolean(access?.page));
  useEffect(() => {
    if (idle) {
      bringPage().catch(() => {
        // The page asks for it again, and says what is missing.
      });
    }
  }, [idle]);
  return idle ? (
    <div hidden>
      <Suspense fallback={null}>
        <PageLayout noHeader>{null}</PageLayout>
      </Suspense>
    </div>
  ) : null;
}
