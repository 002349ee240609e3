import type { AuditEventFacets } from 'backstage-plugin-audit-trail-common';

/** Says so where the counts are not those of all events. */
export function countsNote(facets?: AuditEventFacets): string | undefined {
  return facets && !facets.complete
    ? `Counted in the newest ${facets.countedEvents.toLocaleString(
        'en',
      )} events; other values may exist.`
    : undefined;
}
