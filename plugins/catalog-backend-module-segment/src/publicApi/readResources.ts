import {
  PublicApiError,
  type PublicApiClient,
  type PublicApiPage,
} from 'backstage-plugin-segment-node';
import {
  readSource,
  readSpace,
  readWarehouse,
  readWorkspace,
  type SegmentResource,
  type Workspace,
} from './resources';

const NONE: PublicApiPage<SegmentResource> = { entries: [], unreadable: 0 };

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
  const list = (
    collection: string,
    read: (entry: unknown) => SegmentResource | undefined,
    stage?: 'v1alpha',
  ) => client.list({ path: `/${collection}`, stage, collection, read, signal });

  const workspace = await client.get({
    path: '/',
    read: readWorkspace,
    signal,
  });
  const lists = [
    await list('sources', readSource),
    await list('warehouses', readWarehouse),
    options.spaces
      ? await list('spaces', readSpace, 'v1alpha').catch(noneIfAbsent)
      : NONE,
  ];

  // What is made or deleted while the pages are read can stand on two of them.
  const resources = new Map(
    lists
      .flatMap(({ entries }) => entries)
      .map(resource => [`${resource.type}:${resource.id}`, resource]),
  );
  return {
    workspace,
    resources: [...resources.values()],
    unreadable: lists.reduce((sum, { unreadable }) => sum + unreadable, 0),
  };
}

/** Not every workspace has spaces; the API then knows no such address. */
function noneIfAbsent(error: unknown) {
  if (error instanceof PublicApiError && error.status === 404) {
    return NONE;
  }
  throw error;
}
