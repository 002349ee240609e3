import type { PublicApiClient } from './PublicApiClient';
import { PublicApiError } from './PublicApiError';
import {
  readSource,
  readSpace,
  readWarehouse,
  readWorkspace,
  type SegmentResource,
  type Workspace,
} from './resources';

/** What there is in a workspace. */
export interface WorkspaceResources {
  workspace: Workspace;
  /** Each one once. */
  resources: SegmentResource[];
  /** Entries that were left out, as they have no id that can be used. */
  unreadable: number;
}

/**
 * Reads a workspace with its sources, warehouses and spaces: all of it, or
 * nothing.
 *
 * @throws `PublicApiError`
 */
export async function readResources(options: {
  client: PublicApiClient;
  spaces: boolean;
  signal: AbortSignal;
}): Promise<WorkspaceResources> {
  const { client, signal } = options;
  let unreadable = 0;
  const onUnreadable = () => {
    unreadable++;
  };
  const list = (
    collection: string,
    stage: 'v1' | 'v1alpha',
    read: (entry: unknown) => SegmentResource | undefined,
  ) =>
    client.list({
      path: `/${collection}`,
      stage,
      collection,
      read,
      onUnreadable,
      signal,
    });

  const workspace = await client.get({
    path: '/',
    stage: 'v1',
    read: readWorkspace,
    signal,
  });
  const sources = await list('sources', 'v1', readSource);
  const warehouses = await list('warehouses', 'v1', readWarehouse);
  const spaces = options.spaces
    ? await list('spaces', 'v1alpha', readSpace).catch(noneIfAbsent)
    : [];

  // What is made or deleted while the pages are read can stand on two of them.
  const resources = new Map(
    [...sources, ...warehouses, ...spaces].map(resource => [
      `${resource.type}:${resource.id}`,
      resource,
    ]),
  );
  return { workspace, resources: [...resources.values()], unreadable };
}

/** Not every workspace has spaces; the API then knows no such address. */
function noneIfAbsent(error: unknown): SegmentResource[] {
  if (error instanceof PublicApiError && error.status === 404) {
    return [];
  }
  throw error;
}
