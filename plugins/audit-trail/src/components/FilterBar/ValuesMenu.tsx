import { useState, type ReactNode } from 'react';
import type {
  AuditEventFacet,
  AuditEventFacets,
} from 'backstage-plugin-audit-trail-common';
import {
  useFoundValues,
  useTranslation,
  type Loaded,
  type ValueSearch,
} from '../../hooks';
import { toggleValue } from '../../model/activeFilters';
import type { TrailFilter } from '../../model/trailState';
import { ChoiceItem, ChoiceList, FilterMenu } from '../FilterMenu';
import { countsNote } from './countsNote';

const NOUNS = {
  actors: 'filter.nounActors',
  resources: 'filter.nounResources',
} as const;

/** What is known already, and what was found besides. */
function merged(
  known: AuditEventFacet[],
  found: AuditEventFacet[],
): AuditEventFacet[] {
  const values = new Set(known.map(({ value }) => value));
  return [...known, ...found.filter(({ value }) => !values.has(value))];
}

/** Chooses actors or resources. */
export function ValuesMenu(props: {
  field: 'actors' | 'resources';
  label: string;
  filter: TrailFilter;
  facets: Loaded<AuditEventFacets>;
  /** What values are looked for among, as somebody types. */
  search: ValueSearch;
  /** How a value is called that has no name. */
  labelOf(value: string): string;
  iconOf?(facet: AuditEventFacet): ReactNode;
  onOpen(): void;
  onChange(filter: TrailFilter): void;
}) {
  const { field, label, filter, facets, search, labelOf, iconOf } = props;
  const { t } = useTranslation();
  const chosen = filter[field] ?? [];
  const known = facets.value?.[field] ?? [];
  const [typed, setTyped] = useState('');
  const found = useFoundValues(field, typed, search);
  const foundItems = found.value?.items ?? [];
  const others = chosen
    .filter(value => !known.some(facet => facet.value === value))
    .map(
      (value): AuditEventFacet =>
        foundItems.find(facet => facet.value === value) ?? { value, count: 0 },
    );
  const note = () =>
    found.value
      ? !found.value.complete && t('filter.moreFound')
      : countsNote(t, facets.value);
  return (
    <FilterMenu label={label} count={chosen.length} onOpen={props.onOpen}>
      <ChoiceList
        noun={t(NOUNS[field])}
        loading={facets.loading || found.loading}
        error={facets.error ?? found.error}
        note={note() || undefined}
        onType={setTyped}
      >
        {matches =>
          merged(
            [...others, ...known].filter(facet =>
              matches(`${facet.label ?? ''} ${facet.value}`),
            ),
            foundItems,
          ).map(facet => (
            <ChoiceItem
              key={facet.value}
              label={facet.label ?? labelOf(facet.value)}
              title={[facet.type, facet.value].filter(Boolean).join(' ')}
              icon={iconOf?.(facet)}
              count={facet.count}
              countCapped={facet.countCapped}
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
