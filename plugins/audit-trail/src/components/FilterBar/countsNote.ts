import type { AuditEventFacets } from 'backstage-plugin-audit-trail-common';
import { numberLabel } from '../../model/labels';
import type { Translate } from '../../translation';

/** Says so where the counts are not those of all events. */
export function countsNote(
  t: Translate,
  facets?: AuditEventFacets,
): string | undefined {
  return facets && !facets.complete
    ? t('filter.countedIn', { number: numberLabel(t, facets.countedEvents) })
    : undefined;
}
