import {
  TRAIL_READ_TYPES,
  type AuditEventFilter,
} from 'backstage-plugin-audit-trail-common';
import {
  activeDestinationFilters,
  boundsOf,
  choiceOfFilter,
  filterOfChoice,
} from './destinationFilter';

const noViews = { types: [...TRAIL_READ_TYPES] };

describe('the filter of a destination as a choice of the page', () => {
  it.each<[string, AuditEventFilter]>([
    ['everything', {}],
    ['everything but views', { not: noViews }],
    ['harmful ones with views', { harmful: true }],
    ['some with exclusions', { actors: ['a'], not: { types: ['b'] } }],
    [
      'areas, of which views are excluded by themselves',
      { categories: ['audit-trail'], not: noViews },
    ],
    ['what happened in some days', { from: '2026-01-01T00:00:00.000Z' }],
  ])('is the same there and back: %s', (_, filter) => {
    expect(filterOfChoice(choiceOfFilter(filter), boundsOf(filter))).toEqual(
      filter,
    );
  });

  it('leaves views out like the page once nothing else is chosen', () => {
    const choice = choiceOfFilter({ types: ['source.deleted'] });
    expect(filterOfChoice({ ...choice, filter: {} })).toEqual({ not: noViews });
  });

  it('shows that views are left out as one thing, not as their types', () => {
    expect(activeDestinationFilters({ harmful: true, not: noViews })).toEqual([
      { kind: 'harmful', harmful: true },
      { kind: 'views' },
    ]);
    expect(activeDestinationFilters({})).toEqual([]);
  });
});
