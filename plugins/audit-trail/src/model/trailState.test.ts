import { DateTime } from 'luxon';
import { resolveTimeRange } from './timeRange';
import {
  trailStateFromParams,
  trailStateToParams,
  type TrailState,
} from './trailState';

describe('trailState', () => {
  it('keeps every part of a view in the URL', () => {
    const state: TrailState = {
      filter: {
        text: 'redshift orders',
        types: ['warehouse.disabled', 'source.modified'],
        actors: ['MN,xx'],
        resources: ['segment:warehouse:HpLc'],
        harmful: true,
        not: { sources: ['plugin:catalog'] },
      },
      range: {
        from: '2026-11-01T00:00:00.000Z',
        to: '2026-11-22T13:03:59.999Z',
      },
      views: true,
      order: 'asc',
      limit: 100,
      cursor: 'abc=',
      event: 'e1',
    };
    const params = trailStateToParams(state);
    expect(trailStateFromParams(new URLSearchParams(`${params}`))).toEqual(
      state,
    );
  });

  it('writes nothing for the default view and leaves other parameters alone', () => {
    const params = new URLSearchParams('tab=a&type=source.created&cursor=c');
    const state = trailStateFromParams(new URLSearchParams());
    expect(String(trailStateToParams(state, params))).toBe('tab=a');
    expect(state.range).toEqual({ preset: '90d' });
  });

  it.each(['24h', '7d', '30d', 'all'] as const)('keeps preset %s', preset => {
    const state = trailStateFromParams(new URLSearchParams(`range=${preset}`));
    expect(state.range).toEqual({ preset });
    expect(String(trailStateToParams(state))).toBe(`range=${preset}`);
  });

  it('says so when a link cannot be read, and drops its cursor', () => {
    const state = trailStateFromParams(
      new URLSearchParams(
        'outcome=maybe&q=%22&harmful=true&range=30d&cursor=c&limit=7',
      ),
    );
    // What can be read stays.
    expect(state.filter).toEqual({ harmful: true });
    expect(state.range).toEqual({ preset: '30d' });
    expect(state.problem).toContain('maybe');
    expect(state.cursor).toBeUndefined();
    expect(state.limit).toBe(50);
  });
});

describe('resolveTimeRange', () => {
  const at = (iso: string) => DateTime.fromISO(iso, { zone: 'Asia/Tokyo' });

  it('gives the same start all through a UTC day or an hour', () => {
    const morning = at('2026-11-22T09:01:00+09:00');
    const night = at('2026-11-23T08:59:59+09:00');
    for (const now of [morning, night]) {
      expect(resolveTimeRange({ preset: '7d' }, now)).toEqual({
        from: '2026-11-15T00:00:00.000Z',
      });
    }
    expect(resolveTimeRange({ preset: '24h' }, morning)).toEqual({
      from: '2026-11-21T00:00:00.000Z',
    });
    expect(resolveTimeRange({ preset: 'all' }, morning)).toEqual({});
  });
});
