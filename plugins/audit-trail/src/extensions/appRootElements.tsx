import { AppRootElementBlueprint } from '@backstage/frontend-plugin-api';
import { AccessAtStart } from '../components/AccessAtStart';
import { PageAhead } from '../components/PageAhead';

/** Asks at the start of the portal what the reader may see. */
export const auditTrailAccessAtStart = AppRootElementBlueprint.make({
  name: 'access',
  params: { element: <AccessAtStart /> },
});

/** Brings the page before it is asked for. */
export const auditTrailPageAhead = AppRootElementBlueprint.make({
  name: 'page-ahead',
  params: { element: <PageAhead /> },
});
