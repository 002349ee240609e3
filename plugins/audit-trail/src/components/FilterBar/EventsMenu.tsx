import type { AuditEventFacets } from 'backstage-plugin-audit-trail-common';
import { useTranslation, type Loaded } from '../../hooks';
import {
  eventChoiceGroups,
  groupSelection,
  isTypeChosen,
  toggleGroup,
  toggleType,
} from '../../model/eventSelection';
import type { TrailFilter } from '../../model/trailState';
import { ChoiceItem, ChoiceList, FilterMenu } from '../FilterMenu';
import { countsNote } from './countsNote';

/** Chooses activities, one by one or a whole area. */
export function EventsMenu(props: {
  filter: TrailFilter;
  facets: Loaded<AuditEventFacets>;
  onOpen(): void;
  onChange(filter: TrailFilter): void;
}) {
  const { filter, facets, onOpen, onChange } = props;
  const { t } = useTranslation();
  const groups = eventChoiceGroups(t, {
    types: facets.value?.types,
    categories: facets.value?.categories,
    chosen: filter.types,
  });
  const count = (filter.types?.length ?? 0) + (filter.categories?.length ?? 0);
  return (
    <FilterMenu label={t('filter.events')} count={count} onOpen={onOpen}>
      <ChoiceList
        noun={t('filter.nounEvents')}
        loading={facets.loading}
        error={facets.error}
        note={countsNote(t, facets.value)}
      >
        {matches =>
          groups.flatMap(group => {
            const choices = group.choices.filter(choice =>
              matches(`${group.label} ${choice.label}`),
            );
            if (choices.length === 0) {
              return [];
            }
            const selection = groupSelection(filter, group);
            return [
              <ChoiceItem
                key={group.value}
                group
                label={group.label}
                count={group.count}
                checked={selection === 'some' ? 'mixed' : selection === 'all'}
                onToggle={() => onChange(toggleGroup(filter, groups, group))}
              />,
              ...choices.map(choice => (
                <ChoiceItem
                  key={`${group.value}/${choice.value}`}
                  nested
                  label={choice.label}
                  title={choice.value}
                  count={choice.count}
                  checked={isTypeChosen(filter, choice.value)}
                  onToggle={() =>
                    onChange(toggleType(filter, groups, choice.value))
                  }
                />
              )),
            ];
          })
        }
      </ChoiceList>
    </FilterMenu>
  );
}
