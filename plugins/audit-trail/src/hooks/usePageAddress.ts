import { useRouteRef } from '@backstage/core-plugin-api';
import { rootRouteRef } from '../routes';

/** The address of the Audit Trail page. */
export function usePageAddress(): string {
  return useRouteRef(rootRouteRef)();
}
