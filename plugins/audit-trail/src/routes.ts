import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/core-plugin-api';

/** The Audit Trail page. These refs serve both frontend systems. */
export const rootRouteRef = createRouteRef({ id: 'audit-trail' });

/** Where the page's tab Forwarding stands, below the page. */
export const FORWARDING_PATH = 'forwarding';

/** The Audit Trail tab of an entity page. */
export const entityContentRouteRef = createRouteRef({
  id: 'audit-trail:entity-content',
});

/**
 * Where the entity card leads. Optional, so that the card has no dead links in
 * a portal that shows it without the tab.
 */
export const entityTrailRouteRef = createExternalRouteRef({
  id: 'audit-trail:entity-trail',
  optional: true,
  defaultTarget: 'audit-trail.entityContent',
});
