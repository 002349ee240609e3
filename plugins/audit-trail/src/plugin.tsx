import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { NavigationIcon } from './components/NavigationIcon';
import { auditTrailApi } from './extensions/apis';
import {
  auditTrailAccessAtStart,
  auditTrailPageAhead,
} from './extensions/appRootElements';
import { entityAuditTrailCard } from './extensions/entityCards';
import { entityAuditTrailContent } from './extensions/entityContents';
import { auditTrailPage } from './extensions/pages';
import {
  entityContentRouteRef,
  entityTrailRouteRef,
  rootRouteRef,
} from './routes';

/**
 * The Audit Trail for the new frontend system: its page, and a card and a tab
 * on entities.
 *
 * @public
 */
export const auditTrailPlugin = createFrontendPlugin({
  pluginId: 'audit-trail',
  title: 'Audit Trail',
  icon: <NavigationIcon />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    entityContent: entityContentRouteRef,
  },
  externalRoutes: {
    entityTrail: entityTrailRouteRef,
  },
  extensions: [
    auditTrailApi,
    auditTrailAccessAtStart,
    auditTrailPage,
    auditTrailPageAhead,
    entityAuditTrailCard,
    entityAuditTrailContent,
  ],
});
