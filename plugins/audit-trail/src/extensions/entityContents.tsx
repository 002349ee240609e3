import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { entityHasSegmentResources } from 'backstage-plugin-audit-trail-common';
import { entityContentRouteRef } from '../routes';

/** The tab on sources, warehouses, spaces and what else is tied to them. */
export const entityAuditTrailContent = EntityContentBlueprint.make({
  params: {
    path: '/audit-trail',
    title: 'Audit Trail',
    routeRef: entityContentRouteRef,
    filter: entityHasSegmentResources,
    loader: () =>
      import('../components/EntityAuditTrailContent').then(m => (
        <m.EntityAuditTrailContent />
      )),
  },
});
