import {
  activeFilters,
  isChosen,
  narrowTo,
  toggleValue,
  withoutActiveFilter,
} from './activeFilters';
import { DEFAULT_CHOICE } from './trailState';

describe('activeFilters', () => {
  it('lists each thing that is filtered by, and drops it alone', () => {
    const view = {
      filter: {
        text: 'a',
        types: ['x', 'y'],
        harmful: true,
        not: { actors: ['m'] },
      },
      range: { preset: '90d' as const },
      views: false,
    };
    const actives = activeFilters(view.filter);
    expect(actives).toHaveLength(5);
    const rest = actives.map(
      active => withoutActiveFilter(view, active).filter,
    );
    expect(rest).toEqual([
      { types: ['x', 'y'], harmful: true, not: { actors: ['m'] } },
      { ...view.filter, types: ['y'] },
      { ...view.filter, types: ['x'] },
      { text: 'a', types: ['x', 'y'], harmful: true },
      { text: 'a', types: ['x', 'y'], not: { actors: ['m'] } },
    ]);
    expect(
      actives.reduce(
        (left, active) => withoutActiveFilter(left, active),
        view as Parameters<typeof withoutActiveFilter>[0],
      ).filter,
    ).toEqual({});
  });

  it('tells a choice from the view that everyone begins with', () => {
    expect(isChosen(DEFAULT_CHOICE)).toBe(false);
    expect(isChosen({ ...DEFAULT_CHOICE, range: { preset: 'all' } })).toBe(
      true,
    );
    const shown = withoutActiveFilter(DEFAULT_CHOICE, { kind: 'views' });
    expect(shown).toEqual({ ...DEFAULT_CHOICE, views: true });
    expect(isChosen(shown)).toBe(true);
  });

  it('narrows to a value or away from it, never both', () => {
    const only = narrowTo({ actors: ['a', 'b'] }, 'actors', 'c', false);
    expect(only).toEqual({ actors: ['c'] });
    const not = narrowTo(only, 'actors', 'c', true);
    expect(not).toEqual({ not: { actors: ['c'] } });
    expect(narrowTo(not, 'actors', 'd', true)).toEqual({
      not: { actors: ['c', 'd'] },
    });
    expect(narrowTo(not, 'actors', 'c', false)).toEqual({ actors: ['c'] });
  });

  it('no longer leaves out what is asked for', () => {
    const filter = { not: { outcomes: ['failed' as const], actors: ['m'] } };
    expect(toggleValue(filter, 'outcomes', 'failed')).toEqual({
      outcomes: ['failed'],
      not: { actors: ['m'] },
    });
  });
});
