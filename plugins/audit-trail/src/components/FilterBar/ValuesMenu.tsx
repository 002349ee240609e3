import type { ReactNode } from 'react';
import type {
  AuditEventFacet,
  AuditEventFacets,
} from 'backstage-plugin-audit-trail-common';
import { useTranslation, type Loaded } from '../../hooks';
import { toggleValue } from '../../model/activeFilters';
import type { TrailFilter } from '../../model/trailState';
import { ChoiceItem, ChoiceList, FilterMenu } from '../FilterMenu';
import { countsNote } from './countsNote';

const NOUNS = {
  actors: 'filter.nounActors',
  resources: 'filter.nounResources',
} as const;

/** Chooses actors or resources. */
export function ValuesMenu(props: {
  field: 'actors' | 'resources';
  label: string;
  filter: TrailFilter;
  facets: Loaded<AuditEventFacets>;
  /** How a value is called that has no name. */
  labelOf(value: string): string;
  iconOf?(facet: AuditEventFacet): ReactNode;
  onOpen(): void;
  onChange(filter: TrailFilter): void;
}) {
  const { field, label, filter, facets, labelOf, iconOf } = props;
  const { t } = useTranslation();
  const chosen = filter[field] ?? [];
  const known = facets.value?.[field] ?? [];
  const others = chosen
    .filter(value => !known.some(facet => facet.value === value))
    .map((value): AuditEventFacet => ({ value, count: 0 }));
  return (
    <FilterMenu label={label} count={chosen.length} onOpen={props.onOpen}>
      <ChoiceList
        noun={t(NOUNS[field])}
        loading={facets.loading}
        error={facets.error}
        note={countsNote(t, facets.value)}
      >
        {matches =>
          [...others, ...known]
            .filter(facet => matches(`${facet.label ?? ''} ${facet.value}`))
            .map(facet => (
              <ChoiceItem
                key={facet.value}
                label={facet.label ?? labelOf(facet.value)}
                title={[facet.type, facet.value].filter(Boolean).join(' ')}
                icon={iconOf?.(facet)}
                count={facet.count}
                checked={chosen.includes(facet.value)}
                onToggle={() =>
                  props.onChange(toggleValue(filter, field, facet.value))
                }
              />
            ))
        }
      </ChoiceList>
    </FilterMenu>
  );
}
