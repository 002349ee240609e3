import {
  PageLayout,
  pluginHeaderActionsApiRef,
  Progress,
  useApi,
  type PageLayoutProps,
} from '@backstage/frontend-plugin-api';
import { lazy, Suspense, useMemo } from 'react';
import { usePageAddress, usePageTabs } from '../../hooks';

const AuditTrailPage = lazy(() =>
  import('../AuditTrailPage').then(m => ({ default: m.AuditTrailPage })),
);

/**
 * The Audit Trail page with the header of the new frontend system, which is
 * there before the page itself is loaded. Sub-pages would be there for all
 * readers alike, and would move the address of the trail.
 */
export function PageWithTabs(props: {
  pluginId: string;
  title: string;
  icon?: PageLayoutProps['icon'];
}) {
  const { pluginId, title, icon } = props;
  const headerActions = useApi(pluginHeaderActionsApiRef);
  const titleLink = usePageAddress();
  const tabs = usePageTabs();
  // Each time that it is rendered the layout is another component to React, and
  // all that stands in it is mounted anew. So it is rendered only when its
  // header changes, and not with each change of the address.
  return useMemo(
    () => (
      <PageLayout
        title={title}
        icon={icon}
        titleLink={titleLink}
        headerActions={headerActions.getPluginHeaderActions(pluginId)}
        tabs={tabs}
      >
        <Suspense fallback={<Progress />}>
          <AuditTrailPage />
        </Suspense>
      </PageLayout>
    ),
    [headerActions, icon, pluginId, tabs, title, titleLink],
  );
}
