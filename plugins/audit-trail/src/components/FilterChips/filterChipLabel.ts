import type {
  AuditEvent,
  AuditEventFacets,
} from 'backstage-plugin-audit-trail-common';
import type { ActiveFilter } from '../../model/activeFilters';
import {
  ACTOR_TYPE_LABELS,
  OUTCOME_LABELS,
  actorIdLabel,
  actorName,
  categoryLabel,
  resourceKeyLabel,
  resourceName,
  sourceLabel,
  typeLabel,
} from '../../model/labels';

/** What is known of the names of actors, resources and activities. */
export interface KnownNames {
  facets?: AuditEventFacets;
  events?: readonly AuditEvent[];
}

function valueLabel(
  { field, value }: ActiveFilter & { kind: 'value' },
  { facets, events }: KnownNames,
): string {
  const known = (list: 'actors' | 'resources' | 'types' | 'workspaces') =>
    facets?.[list].find(facet => facet.value === value)?.label;
  switch (field) {
    case 'types':
      return known('types') ?? typeLabel(value);
    case 'categories':
      return categoryLabel(value);
    case 'actors': {
      const event = events?.find(({ actor }) => actor.id === value);
      return (
        known('actors') ??
        (event ? actorName(event.actor) : actorIdLabel(value))
      );
    }
    case 'actorTypes':
      return (ACTOR_TYPE_LABELS as Record<string, string>)[value] ?? value;
    case 'resources': {
      const event = events?.find(({ resource }) => resource.key === value);
      return (
        known('resources') ??
        (event ? resourceName(event.resource) : resourceKeyLabel(value))
      );
    }
    case 'sources':
      return sourceLabel(value);
    case 'outcomes':
      return (OUTCOME_LABELS as Record<string, string>)[value] ?? value;
    default:
      return known('workspaces') ?? value;
  }
}

/** What a filter is for: what is shown on a page, or sent to a destination. */
export type FilterPurpose = 'shown' | 'sent';

/** One thing that is filtered by, in a few words. */
export function filterChipLabel(
  active: ActiveFilter,
  names: KnownNames,
  purpose: FilterPurpose = 'shown',
): string {
  switch (active.kind) {
    case 'text':
      return `"${active.text}"`;
    case 'harmful':
      return active.harmful ? 'harmful only' : 'harmless only';
    case 'views':
      return `Not ${purpose}: views of the trail`;
    case 'range':
      return 'time range';
    default: {
      const label = valueLabel(active, names);
      return active.excluded ? `not: ${label}` : label;
    }
  }
}
