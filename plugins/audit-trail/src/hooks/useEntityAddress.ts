import { useEntityRefLink } from '@backstage/plugin-catalog-react';

/** Finds the address of a catalog entity by its ref. */
export function useEntityAddress(): (entityRef: string) => string {
  return useEntityRefLink();
}
