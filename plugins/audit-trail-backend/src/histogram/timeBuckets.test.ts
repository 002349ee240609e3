import { DateTime } from 'luxon';
import { seededRandom } from '../__testUtils__/events';
import { timeBuckets, type TimeBuckets } from './timeBuckets';

const HOUR_MS = 3_600_000;
const at = (text: string) => Date.parse(text);

function cut(
  from: string,
  to: string,
  timeZone = 'UTC',
  maxBuckets = 100,
): TimeBuckets {
  return timeBuckets({ from: at(from), to: at(to), timeZone, maxBuckets });
}

const inZone = ({ starts, end }: TimeBuckets, zone: string) =>
  [...starts, end].map(time =>
    DateTime.fromMillis(time, { zone }).toFormat('d LLL HH:mm'),
  );

describe('timeBuckets', () => {
  it.each([
    ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z', 'minute', 1, 1],
    ['2026-03-01T10:00:00Z', '2026-03-01T10:59:59Z', 'minute', 1, 60],
    ['2026-03-01T10:00:00Z', '2026-03-01T15:59:59Z', 'minute', 5, 72],
    ['2026-03-01T00:00:00Z', '2026-03-01T23:59:59Z', 'minute', 15, 96],
    ['2026-03-01T00:00:00Z', '2026-03-03T23:59:59Z', 'hour', 1, 72],
    ['2026-03-01T00:00:00Z', '2026-03-07T23:59:59Z', 'hour', 3, 56],
    ['2026-03-01T00:00:00Z', '2026-03-20T23:59:59Z', 'hour', 6, 80],
    ['2026-03-01T00:00:00Z', '2026-03-31T23:59:59Z', 'day', 1, 31],
    ['2026-01-01T00:00:00Z', '2026-03-31T23:59:59Z', 'day', 1, 90],
    ['2025-01-06T00:00:00Z', '2026-01-04T23:59:59Z', 'week', 1, 52],
    ['2020-01-01T00:00:00Z', '2024-12-31T23:59:59Z', 'month', 1, 60],
    ['2010-01-01T00:00:00Z', '2026-12-31T23:59:59Z', 'month', 3, 68],
    ['1970-01-01T00:00:00Z', '2026-12-31T23:59:59Z', 'year', 1, 57],
    ['1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z', 'year', 81, 100],
  ])('%s to %s: by %s × %d', (from, to, unit, count, buckets) => {
    const { size, starts } = cut(from, to);
    expect({ ...size, buckets: starts.length }).toEqual({
      unit,
      count,
      buckets,
    });
  });

  it('begins where the range lies, not at it', () => {
    expect(
      inZone(cut('2026-03-04T13:20:00Z', '2026-03-08T05:00:00Z'), 'UTC').slice(
        0,
        2,
      ),
    ).toEqual(['4 Mar 13:00', '4 Mar 14:00']);
    // A week begins with Monday.
    const weeks = cut('2026-03-04T13:20:00Z', '2026-11-08T05:00:00Z');
    expect(inZone(weeks, 'UTC')[0]).toBe('2 Mar 00:00');
  });

  it('follows the clocks of Berlin on the days they change', () => {
    const zone = 'Europe/Berlin';
    const spring = cut('2026-03-28T00:00:00Z', '2026-03-30T22:00:00Z', zone, 4);
    expect(inZone(spring, zone)).toEqual([
      '28 Mar 00:00',
      '29 Mar 00:00',
      '30 Mar 00:00',
      '31 Mar 00:00',
      '1 Apr 00:00',
    ]);
    const lengths = spring.starts.map(
      (start, index) => (spring.starts[index + 1] ?? spring.end) - start,
    );
    expect(lengths.map(length => length / HOUR_MS)).toEqual([24, 23, 24, 24]);

    const byHours = cut(
      '2026-03-29T00:00:00Z',
      '2026-03-29T12:00:00Z',
      zone,
      5,
    );
    expect(inZone(byHours, zone)).toEqual([
      '29 Mar 00:00',
      '29 Mar 03:00',
      '29 Mar 06:00',
      '29 Mar 09:00',
      '29 Mar 12:00',
      '29 Mar 15:00',
    ]);
    expect(byHours.starts[1] - byHours.starts[0]).toBe(2 * HOUR_MS);

    // The hour from two to three comes twice in autumn.
    const hours = cut('2026-10-25T00:00:00Z', '2026-10-25T02:59:59Z', zone, 4);
    expect(inZone(hours, zone)).toEqual([
      '25 Oct 02:00',
      '25 Oct 02:00',
      '25 Oct 03:00',
      '25 Oct 04:00',
    ]);
  });

  it('knows days that begin at another time than midnight, and other offsets', () => {
    const santiago = 'America/Santiago';
    const days = cut(
      '2026-09-05T12:00:00Z',
      '2026-09-07T12:00:00Z',
      santiago,
      3,
    );
    expect(inZone(days, santiago)).toEqual([
      '5 Sep 00:00',
      '6 Sep 01:00',
      '7 Sep 00:00',
      '8 Sep 00:00',
    ]);
    expect(
      new Date(
        cut(
          '2026-09-05T12:00:00Z',
          '2026-09-07T12:00:00Z',
          'Asia/Kathmandu',
          3,
        ).starts[0],
      ).toISOString(),
    ).toBe('2026-09-04T18:15:00.000Z');
  });

  it('covers any range in any zone, in order and without gaps', () => {
    const random = seededRandom(3);
    const zones = [
      ...['UTC', 'Europe/Berlin', 'America/New_York', 'America/Santiago'],
      ...['Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe'],
      ...['Pacific/Apia', 'Pacific/Chatham', 'Africa/Casablanca'],
    ];
    for (let n = 0; n < 200; n++) {
      const timeZone = zones[n % zones.length];
      const from = Math.floor(
        Date.UTC(2010, 0, 1) + random() * 16 * 365 * 24 * HOUR_MS,
      );
      const to = from + Math.floor(10 ** (random() * 11.5));
      const maxBuckets = 1 + Math.floor(random() * 120);
      const buckets = timeBuckets({ from, to, timeZone, maxBuckets });
      const edges = [...buckets.starts, buckets.end];
      expect(edges[0]).toBeLessThanOrEqual(from);
      expect(edges[1]).toBeGreaterThan(from);
      expect(buckets.starts[buckets.starts.length - 1]).toBeLessThanOrEqual(to);
      expect(buckets.end).toBeGreaterThan(to);
      expect(edges).toEqual([...new Set(edges)].sort((a, b) => a - b));
      // Where clocks change, there may be some short ones.
      expect(buckets.starts.length).toBeLessThanOrEqual(
        maxBuckets + 1 + Math.ceil(maxBuckets / 24),
      );
    }
  });
});
