import {
  parseResourceKey,
  type AuditEvent,
} from 'backstage-plugin-audit-trail-common';

/** Stands between the parts of a key, and in none of them. */
export const SEPARATOR = '\0';

/** What two sightings of one event have in common, but for the time. */
export function equalKey({
  source,
  workspace,
  type,
  actor,
  resource,
}: AuditEvent): string {
  const id = parseResourceKey(resource.key)?.id ?? resource.key;
  return [source, workspace, type, actor.id, id].join(SEPARATOR);
}
