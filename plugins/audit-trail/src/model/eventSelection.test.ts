import { t } from '../__testUtils__/translation';
import { ACTIVITIES } from 'backstage-plugin-audit-trail-common';
import {
  eventChoiceGroups,
  groupSelection,
  isTypeChosen,
  toggleGroup,
  toggleType,
} from './eventSelection';

describe('eventSelection', () => {
  const groups = eventChoiceGroups(t, {
    types: [{ value: 'login', label: 'Login', count: 3 }],
    categories: [],
  });
  const source = groups.find(({ value }) => value === 'source')!;

  it('offers the whole catalogue and what else is stored, with counts', () => {
    expect(groups.map(({ value }) => value)).toContain('unmapped');
    expect(groups.flatMap(({ choices }) => choices)).toHaveLength(
      ACTIVITIES.length + 1,
    );
    expect(groups.find(({ value }) => value === 'unmapped')?.choices).toEqual([
      { value: 'login', label: 'Login', count: 3 },
    ]);
    expect(groups.find(({ value }) => value === 'unmapped')?.count).toBe(3);
  });

  it('chooses an area as such, and takes single activities out of it', () => {
    const all = toggleGroup({}, groups, source);
    expect(all).toEqual({ categories: ['source'] });
    expect(groupSelection(all, source)).toBe('all');
    expect(isTypeChosen(all, 'source.deleted')).toBe(true);

    const most = toggleType(all, groups, 'source.deleted');
    expect(most.categories).toBeUndefined();
    expect(most.types).toHaveLength(source.choices.length - 1);
    expect(groupSelection(most, source)).toBe('some');

    expect(toggleType(most, groups, 'source.deleted')).toEqual(all);
    expect(toggleGroup(all, groups, source)).toEqual({});
  });

  it('shows what a link asks for that has areas and activities: both', () => {
    const both = {
      categories: ['source'],
      types: ['source.deleted', 'warehouse.deleted'],
    };
    expect(isTypeChosen(both, 'source.deleted')).toBe(true);
    expect(isTypeChosen(both, 'source.created')).toBe(false);
    expect(isTypeChosen(both, 'warehouse.deleted')).toBe(false);
    expect(groupSelection(both, source)).toBe('some');

    // What was not chosen then is not chosen by choosing more.
    expect(toggleType(both, groups, 'source.created')).toEqual({
      types: ['source.deleted', 'source.created'],
    });
    expect(toggleType(both, groups, 'source.deleted')).toEqual({});
  });

  it('never has the backend intersect areas with single activities', () => {
    const mixed = toggleType(
      { categories: ['source'] },
      groups,
      'warehouse.deleted',
    );
    expect(mixed.categories).toBeUndefined();
    expect(mixed.types).toEqual([
      ...source.choices.map(({ value }) => value),
      'warehouse.deleted',
    ]);
  });
});
