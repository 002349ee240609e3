import type { Entity } from '@backstage/catalog-model';
import {
  routeResolutionApiRef,
  type ApiHolder,
} from '@backstage/frontend-plugin-api';
import { entityHasSegmentResources } from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef, knownAccessOrMissed, loadAccess } from '../api';
import { servesReader } from '../model/entityAccess';
import { entityContentRouteRef } from '../routes';

/**
 * Whether card and tab have their place on an entity's page: it stands for
 * something of which there is a history, and the trail serves the reader on it.
 */
export function createEntityFilter(apis: ApiHolder) {
  return (entity: Entity): boolean => {
    const api = apis.get(auditTrailApiRef);
    if (!api || !entityHasSegmentResources(entity)) {
      return false;
    }
    const access = knownAccessOrMissed(api);
    if (!access) {
      // Whoever shows the answer shows why there is none, too.
      loadAccess(api).catch(() => {});
    }
    return servesReader(access, entity);
  };
}

/**
 * The same for the tab, which is also there for those who come by its address:
 * it tells them what is missing, where the portal could only say that there is
 * no such page.
 */
export function createEntityTabFilter(apis: ApiHolder) {
  const filter = createEntityFilter(apis);
  return (entity: Entity): boolean =>
    filter(entity) ||
    (entityHasSegmentResources(entity) && isAtTabsAddress(apis));
}

/** Whether the browser is at the address of the tab, of whichever entity. */
function isAtTabsAddress(apis: ApiHolder): boolean {
  const { pathname } = window.location;
  try {
    const route = apis
      .get(routeResolutionApiRef)
      ?.resolve(entityContentRouteRef, { sourcePath: pathname });
    return Boolean(route && `${pathname}/`.includes(`${route()}/`));
  } catch {
    // The tab has no address where the browser is on its way to another page.
    return false;
  }
}
