/**
 * The Audit Trail in the old frontend system.
 *
 * @packageDocumentation
 */

import type { Entity } from '@backstage/catalog-model';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
  type ApiHolder,
} from '@backstage/core-plugin-api';
import { entityHasSegmentResources } from 'backstage-plugin-audit-trail-common';
import {
  auditTrailApiRef,
  createAuditTrailApi,
  latestAccess,
  loadAccess,
} from './api';
import { servesReader } from './model/entityAccess';
import {
  entityContentRouteRef,
  entityTrailRouteRef,
  rootRouteRef,
} from './routes';

export { auditTrailApiRef } from './api';
export type { AuditTrailApi } from './api';
export { auditTrailTranslationRef } from './translation';

/**
 * The Audit Trail for the old frontend system.
 *
 * @public
 */
export const auditTrailPlugin = createPlugin({
  id: 'audit-trail',
  apis: [
    createApiFactory({
      api: auditTrailApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => createAuditTrailApi(deps),
    }),
  ],
  routes: {
    root: rootRouteRef,
    entityContent: entityContentRouteRef,
  },
  externalRoutes: {
    entityTrail: entityTrailRouteRef,
  },
});

/**
 * The Audit Trail page.
 *
 * @public
 */
export const AuditTrailPage = auditTrailPlugin.provide(
  createRoutableExtension({
    name: 'AuditTrailPage',
    component: () =>
      import('./components/AuditTrailPage').then(m => m.LegacyAuditTrailPage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The Audit Trail tab of an entity page.
 *
 * @public
 */
export const EntityAuditTrailContent = auditTrailPlugin.provide(
  createRoutableExtension({
    name: 'EntityAuditTrailContent',
    component: () =>
      import('./components/EntityAuditTrailContent').then(
        m => m.EntityAuditTrailContent,
      ),
    mountPoint: entityContentRouteRef,
  }),
);

/**
 * The Audit Trail card of an entity page.
 *
 * @public
 */
export const EntityAuditTrailCard = auditTrailPlugin.provide(
  createComponentExtension({
    name: 'EntityAuditTrailCard',
    component: {
      lazy: () =>
        import('./components/EntityAuditTrailCard').then(
          m => m.EntityAuditTrailCard,
        ),
    },
  }),
);

/**
 * The navigation entry of the page, shown only to those whom it serves.
 *
 * @public
 */
export const AuditTrailNavigationItem = auditTrailPlugin.provide(
  createComponentExtension({
    name: 'AuditTrailNavigationItem',
    component: {
      lazy: () =>
        import('./components/AuditTrailNavigationItem').then(
          m => m.AuditTrailNavigationItem,
        ),
    },
  }),
);

/**
 * Whether the Audit Trail has anything to say about an entity to the reader:
 * the condition of an `EntityLayout.Route`, which cannot wait. While nothing is
 * known of the reader it is true; the tab itself then tells who has no access.
 *
 * @public
 */
export const isAuditTrailAvailable = (entity: Entity): boolean =>
  entityHasSegmentResources(entity) && servesReader(latestAccess(), entity);

/**
 * The same as the condition of an `EntitySwitch.Case`, which waits for what the
 * reader may see. If that cannot be found out it is true, as the backend
 * decides on every request.
 *
 * @public
 */
export async function hasAuditTrailAccess(
  entity: Entity,
  context: { apis: ApiHolder },
): Promise<boolean> {
  const api = context.apis.get(auditTrailApiRef);
  if (!api || !entityHasSegmentResources(entity)) {
    return false;
  }
  const access = await loadAccess(api).catch(() => undefined);
  return servesReader(access, entity);
}
