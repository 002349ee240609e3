import { TRAIL_READ_TYPES } from 'backstage-plugin-audit-trail-common';
import { filterOf } from '../hooks/useTrailFilter';
import { leavesOutViews } from './trailViews';
import { DEFAULT_CHOICE, type TrailFilter } from './trailState';

const choose = (filter: TrailFilter, views = false) => ({
  ...DEFAULT_CHOICE,
  range: { preset: 'all' as const },
  filter,
  views,
});

describe('views of the trail', () => {
  it('are left out on top of what is left out anyway', () => {
    const choice = choose({ actors: ['a'], not: { types: ['x'] } });
    expect(leavesOutViews(choice)).toBe(true);
    expect(filterOf(choice, false)).toEqual({
      actors: ['a'],
      not: { types: ['x', ...TRAIL_READ_TYPES] },
    });
  });

  it.each([
    ['one of them is asked for', choose({ types: ['audit-trail.viewed'] })],
    ['their area is asked for', choose({ categories: ['audit-trail'] })],
    ['other activities are asked for', choose({ types: ['source.deleted'] })],
    ['they are asked for', choose({ not: { actors: ['a'] } }, true)],
  ])('are not left out if %s', (_, choice) => {
    expect(leavesOutViews(choice)).toBe(false);
    expect(filterOf(choice, false)).toEqual(choice.filter);
  });

  it('never stand in the trail of an entity', () => {
    expect(filterOf(choose({}), true)).toEqual({});
  });
});
