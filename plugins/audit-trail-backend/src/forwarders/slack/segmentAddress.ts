import type { AuditEvent } from 'backstage-plugin-audit-trail-common';

/** What Segment calls a destination filter and the like. */
const PATH = /^workspaces\/([\w-]{1,100})\/sources\/([\w-]{1,100})\//;

/**
 * The page of the event's source in Segment.
 *
 * @returns `undefined` where the event does not name the slugs of its
 * workspace and source, of which that address is made; few deliveries do
 */
export function segmentAddress(event: AuditEvent): string | undefined {
  const id = event.details.resource_id;
  const [, workspace, source] =
    (event.source === 'segment' && typeof id === 'string' && PATH.exec(id)) ||
    [];
  return workspace
    ? `https://app.segment.com/${workspace}/sources/${source}/overview`
    : undefined;
}
