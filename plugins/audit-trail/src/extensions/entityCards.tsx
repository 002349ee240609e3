import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { createEntityFilter } from './entityFilter';

/** The card on sources, warehouses, spaces and what else is tied to them. */
export const entityAuditTrailCard = EntityCardBlueprint.makeWithOverrides({
  factory: (originalFactory, { apis }) =>
    originalFactory({
      type: 'content',
      filter: createEntityFilter(apis),
      loader: () =>
        import('../components/EntityAuditTrailCard').then(m => (
          <m.EntityAuditTrailCard />
        )),
    }),
});
