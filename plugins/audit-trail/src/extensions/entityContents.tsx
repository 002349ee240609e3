import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { entityContentRouteRef } from '../routes';
import { createEntityTabFilter } from './entityFilter';

/** The tab on sources, warehouses, spaces and what else is tied to them. */
export const entityAuditTrailContent = EntityContentBlueprint.makeWithOverrides(
  {
    factory: (originalFactory, { apis }) =>
      originalFactory({
        path: '/audit-trail',
        title: 'Audit Trail',
        routeRef: entityContentRouteRef,
        filter: createEntityTabFilter(apis),
        loader: () =>
          import('../components/EntityAuditTrailContent').then(m => (
            <m.EntityAuditTrailContent />
          )),
      }),
  },
);
