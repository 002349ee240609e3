import { DateTime } from 'luxon';
import { histogram } from '../__testUtils__/fixtures';
import { zoomInto, zoomOut } from './zoom';

const now = DateTime.fromISO('2026-11-22T12:00:00Z', { zone: 'utc' });

describe('zoomInto', () => {
  it('is the time of all bars from one to the other, either way', () => {
    const { buckets } = histogram();
    expect(zoomInto(buckets, 1, 1)).toEqual({
      from: '2026-11-21T00:00:00.000Z',
      to: '2026-11-21T23:59:59.999Z',
    });
    const all = {
      from: '2026-11-20T00:00:00.000Z',
      to: '2026-11-22T23:59:59.999Z',
    };
    expect(zoomInto(buckets, 0, 2)).toEqual(all);
    expect(zoomInto(buckets, 2, 0)).toEqual(all);
  });
});

describe('zoomOut', () => {
  it('leads from preset to preset, until all is there', () => {
    expect(zoomOut({ preset: '24h' }, now)).toEqual({ preset: '7d' });
    expect(zoomOut({ preset: '90d' }, now)).toEqual({ preset: 'all' });
    expect(zoomOut({ preset: 'all' }, now)).toBeUndefined();
    expect(zoomOut({}, now)).toBeUndefined();
  });

  it('shows three times as long around what was there', () => {
    expect(
      zoomOut(
        { from: '2026-10-05T00:00:00.000Z', to: '2026-10-05T23:59:59.999Z' },
        now,
      ),
    ).toEqual({
      from: '2026-10-04T00:00:00.000Z',
      to: '2026-10-06T23:59:59.999Z',
    });
  });

  it('becomes a preset where it reaches the present', () => {
    const day = '2026-11-21T12:00:00.000Z';
    expect(zoomOut({ from: day }, now)).toEqual({ preset: '7d' });
    expect(zoomOut({ from: day, to: '2026-11-23T00:00:00Z' }, now)).toEqual({
      preset: '7d',
    });
    expect(zoomOut({ from: '2026-09-01T00:00:00Z' }, now)).toEqual({
      preset: 'all',
    });
    expect(zoomOut({ to: '2026-09-01T00:00:00Z' }, now)).toEqual({
      preset: 'all',
    });
  });

  it('always leads to all, and never to less than there was', () => {
    for (let minutes = 1; minutes < 200 * 24 * 60; minutes *= 2) {
      for (const end of [0, 90, 3 * 24 * 60]) {
        const to = now.minus({ minutes: end });
        let range = zoomOut(
          { from: to.minus({ minutes }).toISO()!, to: to.toISO()! },
          now,
        );
        let steps = 0;
        while (range) {
          range = zoomOut(range, now);
          steps++;
        }
        expect(steps).toBeLessThan(20);
      }
    }
  });
});
