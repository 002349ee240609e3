import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { rootRouteRef } from '../routes';

/** The page; title and icon are those of the plugin. */
export const auditTrailPage = PageBlueprint.make({
  params: {
    path: '/audit-trail',
    routeRef: rootRouteRef,
    loader: () =>
      import('../components/AuditTrailPage').then(m => <m.AuditTrailPage />),
  },
});
