import {
  PageLayout,
  pluginHeaderActionsApiRef,
  useApi,
  type PageLayoutProps,
} from '@backstage/frontend-plugin-api';
import { useMemo, type ReactNode } from 'react';
import { usePageAddress, usePageTabs } from '../../hooks';

/**
 * The Audit Trail page with the header of the new frontend system. Sub-pages
 * would be there for all readers alike, and would move the address of the trail.
 */
export function PageWithTabs(props: {
  pluginId: string;
  title: string;
  icon?: PageLayoutProps['icon'];
  children: ReactNode;
}) {
  const { pluginId, title, icon, children } = props;
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
        {children}
      </PageLayout>
    ),
    [children, headerActions, icon, pluginId, tabs, title, titleLink],
  );
}
