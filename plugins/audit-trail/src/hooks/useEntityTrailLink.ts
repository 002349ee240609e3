import { useRouteRef } from '@backstage/core-plugin-api';
import { entityTrailRouteRef } from '../routes';

/**
 * The address of the entity tab of the page one is on, or of one event there;
 * `undefined` where the portal has no such tab.
 */
export function useEntityTrailLink(): ((event?: string) => string) | undefined {
  const route = useRouteRef(entityTrailRouteRef);
  return (
    route &&
    (event =>
      event ? `${route()}?event=${encodeURIComponent(event)}` : route())
  );
}
