import type {
  AuditEvent,
  AuditEventFacets,
} from 'backstage-plugin-audit-trail-common';
import type { ActiveFilter } from '../../model/activeFilters';
import { typeLabel } from '../../model/knownActivities';
import {
  actorIdLabel,
  actorName,
  actorTypeLabel,
  categoryLabel,
  outcomeLabel,
  resourceKeyLabel,
  resourceName,
  sourceLabel,
} from '../../model/labels';
import type { Translate } from '../../translation';

/** What is known of the names of actors, resources and activities. */
export interface KnownNames {
  facets?: AuditEventFacets;
  events?: readonly AuditEvent[];
}

function valueLabel(
  t: Translate,
  { field, value }: ActiveFilter & { kind: 'value' },
  { facets, events }: KnownNames,
): string {
  const known = (list: 'actors' | 'resources' | 'types' | 'workspaces') =>
    facets?.[list].find(facet => facet.value === value)?.label;
  switch (field) {
    case 'types':
      return known('types') ?? typeLabel(value);
    case 'categories':
      return categoryLabel(t, value);
    case 'actors': {
      const event = events?.find(({ actor }) => actor.id === value);
      return (
        known('actors') ??
        (event ? actorName(event.actor) : actorIdLabel(value))
      );
    }
    case 'actorTypes':
      return actorTypeLabel(t, value);
    case 'resources': {
      const event = events?.find(({ resource }) => resource.key === value);
      return (
        known('resources') ??
        (event ? resourceName(event.resource) : resourceKeyLabel(value))
      );
    }
    case 'sources':
      return sourceLabel(t, value);
    case 'outcomes':
      return outcomeLabel(t, value);
    default:
      return known('workspaces') ?? value;
  }
}

/** What a filter is for: what is shown on a page, or sent to a destination. */
export type FilterPurpose = 'shown' | 'sent';

/** What is said of views of the trail, and to have them after all. */
export const VIEWS = {
  shown: { leftOut: 'chip.viewsNotShown', keep: 'chip.showViews' },
  sent: { leftOut: 'chip.viewsNotSent', keep: 'chip.sendViews' },
} as const;

/** One thing that is filtered by, in a few words. */
export function filterChipLabel(
  t: Translate,
  active: ActiveFilter,
  names: KnownNames,
  purpose: FilterPurpose = 'shown',
): string {
  switch (active.kind) {
    case 'text':
      // Phrases stand in quotes already.
      return active.text.includes('"')
        ? active.text
        : t('chip.text', { text: active.text });
    case 'harmful':
      return t(active.harmful ? 'chip.harmful' : 'chip.harmless');
    case 'views':
      return t(VIEWS[purpose].leftOut);
    case 'range':
      return t('chip.range');
    default: {
      const label = valueLabel(t, active, names);
      return active.excluded ? t('chip.not', { label }) : label;
    }
  }
}
