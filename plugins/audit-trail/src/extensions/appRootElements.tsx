import { AppRootElementBlueprint } from '@backstage/frontend-plugin-api';
import { AccessAtStart } from '../components/AccessAtStart';

/** Asks at the start of the portal what the reader may see. */
export const auditTrailAccessAtStart = AppRootElementBlueprint.make({
  name: 'access',
  params: { element: <AccessAtStart /> },
});
