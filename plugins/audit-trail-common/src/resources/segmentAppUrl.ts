import type { AuditEvent } from '../events';
import { parseResourceKey } from './resourceKey';

/**
 * What is known of a workspace of Segment.
 *
 * @public
 */
export interface SegmentAppWorkspace {
  /** Its slug, as it stands in addresses of the Segment app. */
  slug: string;
  /** Its id, as events have it. */
  id?: string;
  /** Region of the workspace; `us` if left out. */
  region?: 'us' | 'eu';
}

/**
 * Base addresses of the Segment app by region.
 *
 * @public
 */
export const SEGMENT_APP = {
  us: 'https://app.segment.com',
  eu: 'https://eu1.app.segment.com',
};

/** Stands for the workspace that the reader works in, also in Segment's documentation. */
const READERS_WORKSPACE = 'goto-my-workspace';

/** What slugs and ids are made of; nothing else goes into an address. */
const NAME = /^[A-Za-z0-9][\w-]{0,99}$/;

const nameOf = (value: unknown): string | undefined =>
  typeof value === 'string' && NAME.test(value) ? value : undefined;

/**
 * The page of a resource within a workspace in the Segment app: of a warehouse
 * by its id, of a source or space by its slug.
 *
 * @public
 */
export function segmentAppPath(resource: {
  type: string;
  id: string;
  slug?: string;
}): string | undefined {
  const { type, id, slug } = resource;
  switch (type) {
    case 'warehouse':
      return `warehouses/${id}/overview`;
    case 'source':
      return slug && `sources/${slug}/overview`;
    case 'space':
      return slug && `unify/spaces/${slug}/explorer`;
    default:
      return undefined;
  }
}

/** Slugs in paths such as `workspaces/acme/sources/web/filters/df_1`. */
function slugsOf(resourceId: unknown): Record<string, string | undefined> {
  const parts = typeof resourceId === 'string' ? resourceId.split('/') : [];
  return Object.fromEntries(
    parts.flatMap((part, at) =>
      at % 2 === 0 && at + 1 < parts.length
        ? [[part, nameOf(parts[at + 1])]]
        : [],
    ),
  );
}

/** The page in its workspace that an event leads to, the nearest first. */
function pathOf(event: AuditEvent): string {
  const { details, resource, verb } = event;
  const primary = parseResourceKey(resource.key);
  const isWarehouse = primary?.type === 'warehouse';
  if (isWarehouse && verb === 'deleted') {
    return 'warehouses';
  }
  const slugs = slugsOf(details.resource_id);
  const spaceSlug = slugs.spaces?.startsWith('spa_') ? undefined : slugs.spaces;
  const isDeletedSource = primary?.type === 'source' && verb === 'deleted';
  const sourceSlug = isDeletedSource
    ? undefined
    : slugs.sources ?? nameOf(details.source_slug);
  const warehouse = nameOf(isWarehouse ? primary.id : details.warehouse_id);
  const candidates = [
    isWarehouse && warehouse && { type: 'warehouse', id: warehouse },
    sourceSlug && { type: 'source', id: '', slug: sourceSlug },
    spaceSlug && { type: 'space', id: '', slug: spaceSlug },
    warehouse && { type: 'warehouse', id: warehouse },
  ];
  const found = candidates.find(Boolean);
  return (found && segmentAppPath(found)) || 'overview';
}

function workspaceOf(
  event: AuditEvent,
  workspaces: SegmentAppWorkspace[],
): SegmentAppWorkspace {
  const ofPath = slugsOf(event.details.resource_id).workspaces;
  if (ofPath) {
    return workspaces.find(({ slug }) => slug === ofPath) ?? { slug: ofPath };
  }
  const [only] = workspaces;
  return (
    workspaces.find(({ id }) => id === event.workspace) ??
    // The one there is, unless it is known to be another.
    (workspaces.length === 1 && only.id === undefined
      ? only
      : { slug: READERS_WORKSPACE })
  );
}

/**
 * The page in the Segment app that an event of Segment leads to.
 *
 * @remarks
 *
 * Of the source, warehouse or space that the event names, if it names what the
 * address is made of: a warehouse by its id, a source or space by its slug.
 * Else the workspace's overview. The slug of the workspace is that in the
 * event, or that of the workspace as configured; else Segment's
 * `goto-my-workspace` stands in its place, which leads to the workspace that the
 * reader works in.
 *
 * @returns `undefined` for what does not come from Segment
 * @public
 */
export function segmentAppUrl(
  event: AuditEvent,
  workspaces: SegmentAppWorkspace[] = [],
): string | undefined {
  if (event.source !== 'segment') {
    return undefined;
  }
  const { slug, region = 'us' } = workspaceOf(event, workspaces);
  return `${SEGMENT_APP[region]}/${slug}/${pathOf(event)}`;
}
