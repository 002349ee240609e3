import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { PageWithTabs } from '../components/PageWithTabs';
import { rootRouteRef } from '../routes';

/** The page; title and icon are those of the plugin. */
export const auditTrailPage = PageBlueprint.makeWithOverrides({
  factory(originalFactory, { config, node }) {
    const { pluginId, title, icon } = node.spec.plugin;
    return originalFactory({
      path: '/audit-trail',
      routeRef: rootRouteRef,
      // The page has it, as the tabs in it depend on who reads.
      noHeader: true,
      loader: async () => {
        // As one: React shows what is loaded within something that was loaded
        // half a second later than it could.
        const { AuditTrailPage } = await import('../components/AuditTrailPage');
        return (
          <PageWithTabs
            pluginId={pluginId}
            title={config.title ?? title ?? pluginId}
            icon={icon}
          >
            <AuditTrailPage />
          </PageWithTabs>
        );
      },
    });
  },
});
