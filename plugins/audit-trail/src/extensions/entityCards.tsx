import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { entityHasSegmentResources } from 'backstage-plugin-audit-trail-common';

/** The card on sources, warehouses, spaces and what else is tied to them. */
export const entityAuditTrailCard = EntityCardBlueprint.make({
  params: {
    type: 'content',
    filter: entityHasSegmentResources,
    loader: () =>
      import('../components/EntityAuditTrailCard').then(m => (
        <m.EntityAuditTrailCard />
      )),
  },
});
