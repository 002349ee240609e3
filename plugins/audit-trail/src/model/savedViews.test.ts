import { savedView } from '../__testUtils__/fixtures';
import {
  currentView,
  linkParamsOf,
  stateOfView,
  viewQueryOf,
  type ViewedState,
} from './savedViews';
import { TIME_PRESETS } from './timeRange';

const STATES: ViewedState[] = [
  ...TIME_PRESETS.map(preset => ({
    filter: {},
    range: { preset },
    views: false,
    order: 'desc' as const,
  })),
  {
    filter: {
      types: ['source.deleted', 'warehouse.disabled'],
      actors: ['a&b'],
      harmful: true,
      text: '"two words"',
      not: { sources: ['segment'] },
    },
    range: { from: '2026-01-01T00:00:00.000Z', to: undefined },
    views: true,
    order: 'asc',
  },
];

describe('saved views', () => {
  it('keep all that the page shows, as the backend spells it', () => {
    for (const state of STATES) {
      const { query = '' } = viewQueryOf(state);
      expect(stateOfView({ query })).toEqual(state);
      expect(viewQueryOf(stateOfView({ query })).query).toBe(query);
    }
    expect(viewQueryOf(STATES[0]).query).toBe('range=24h');
    expect(viewQueryOf({ ...STATES[0], range: { preset: '90d' } }).query).toBe(
      'range=90d',
    );
  });

  it('are the same whatever the order of values', () => {
    const ofTypes = (...types: string[]) =>
      viewQueryOf({ ...STATES[0], filter: { types } }).query;
    expect(ofTypes('b', 'a')).toBe(ofTypes('a', 'b'));
  });

  it('are no longer than an address may be', () => {
    const filter = {
      actors: Array.from({ length: 99 }, (_, n) => `${n}`.repeat(99)),
    };
    expect(viewQueryOf({ ...STATES[0], filter })).toEqual({
      problem: 'query: has at most 8,000 characters',
    });
  });

  it('lead to the page by a link without what goes without saying', () => {
    const params = linkParamsOf({ query: 'harmful=true&range=90d' });
    expect(params.toString()).toBe('harmful=true');
  });

  it('are known by what they show, and by which was applied last', () => {
    const a = savedView({ id: 'a', query: 'range=7d' });
    const b = savedView({ id: 'b', query: 'range=7d' });
    const c = savedView({ id: 'c', query: 'range=30d' });
    const all = [a, b, c];
    expect(currentView(all, 'range=7d', undefined)).toEqual({
      view: a,
      modified: false,
    });
    expect(currentView(all, 'range=7d', 'b')).toEqual({
      view: b,
      modified: false,
    });
    expect(currentView(all, 'range=7d', 'c')).toEqual({
      view: a,
      modified: false,
    });
    expect(currentView(all, 'range=24h', 'c')).toEqual({
      view: c,
      modified: true,
    });
    expect(currentView(all, 'range=24h', undefined)).toBeUndefined();
    expect(currentView(all, undefined, 'gone')).toBeUndefined();
  });
});
