import type {
  AuditEventHistogram,
  AuditEventHistogramSize,
} from 'backstage-plugin-audit-trail-common';
import { DateTime } from 'luxon';
import { histogram } from '../__testUtils__/fixtures';
import { t } from '../__testUtils__/translation';
import { bucketSentence, histogramBars, histogramSentence } from './histogram';
import { bucketTime, histogramTicks } from './histogramTimes';

/** Empty buckets of one size, from a time on. */
function emptyBuckets(
  from: string,
  bucketSize: AuditEventHistogramSize,
  count: number,
  timeZone = 'UTC',
): AuditEventHistogram {
  const start = DateTime.fromISO(from, { zone: timeZone });
  const at = (index: number) =>
    start.plus({ [bucketSize.unit]: bucketSize.count * index });
  return histogram({
    bucketSize,
    timeZone,
    buckets: Array.from({ length: count }, (_, index) => ({
      from: at(index).toUTC().toISO()!,
      to: at(index + 1)
        .minus({ milliseconds: 1 })
        .toUTC()
        .toISO()!,
      total: 0,
      harmful: 0,
      byCategory: [],
    })),
  });
}

describe('histogramBars', () => {
  it('stacks the most frequent first, and takes unknown areas together', () => {
    const { buckets } = histogram();
    buckets[0].byCategory.push(
      { category: 'kettles', count: 2 },
      { category: 'unmapped', count: 1 },
    );
    const { series, bars } = histogramBars(t, histogram({ buckets }));
    expect(series).toEqual([
      { id: 'source', label: 'Source', total: 8 },
      { id: 'warehouses', label: 'Warehouses', total: 4 },
      { id: 'other', label: 'Other areas', total: 3 },
    ]);
    expect(bars.map(({ counts }) => counts)).toEqual([
      { source: 5, other: 3 },
      {},
      { warehouses: 4, source: 3 },
    ]);
  });

  it('names the one other area there is', () => {
    const { buckets } = histogram();
    buckets[0].byCategory = [{ category: 'unmapped', count: 5 }];
    const { series } = histogramBars(t, histogram({ buckets }));
    expect(series[series.length - 1]).toEqual({
      id: 'other',
      label: 'Not in the catalogue',
      total: 5,
    });
  });
});

describe('in words', () => {
  it('says of a bucket and of all what a chart shows', () => {
    const value = histogram();
    expect(bucketSentence(t, value, value.buckets[2])).toBe(
      'Sunday 22 Nov 2026: 7 events, 3 harmful, Warehouses: 4, Source: 3',
    );
    expect(histogramSentence(t, value)).toBe(
      '12 events, 3 harmful, most of them on Sunday 22 Nov 2026: 7',
    );
    expect(histogramSentence(t, histogram({ buckets: [], total: 0 }))).toBe(
      '0 events',
    );
  });

  it.each([
    ['minute', 15, '22 Nov 2026, 13:00 – 13:15'],
    ['hour', 3, '22 Nov 2026, 13:00 – 16:00'],
    ['week', 1, '22 Nov 2026, 13:00 – 29 Nov 2026, 13:00'],
  ] as const)('says the time of %s × %d', (unit, count, words) => {
    const value = emptyBuckets('2026-11-22T13:00:00', { unit, count }, 1);
    expect(bucketTime(t, value, value.buckets[0])).toBe(words);
  });

  it.each([
    ['day', 1, 'Sunday 1 Nov 2026'],
    ['week', 1, '1 Nov 2026 – 7 Nov 2026'],
    ['month', 1, 'November 2026'],
    ['month', 3, '1 Nov 2026 – 31 Jan 2027'],
  ] as const)('says the days of %s × %d in its zone', (unit, count, words) => {
    const zone = 'Asia/Kathmandu';
    const value = emptyBuckets('2026-11-01', { unit, count }, 1, zone);
    expect(value.buckets[0].from).toBe('2026-10-31T18:15:00.000Z');
    expect(bucketTime(t, value, value.buckets[0])).toBe(words);
  });
});

describe('histogramTicks', () => {
  const labels = (value: AuditEventHistogram, max: number) =>
    histogramTicks(t, value, max).map(({ label }) => label);

  it('writes round times, as many as there is room for', () => {
    const hours = emptyBuckets('2026-11-22', { unit: 'minute', count: 15 }, 96);
    expect(labels(hours, 12)).toEqual([
      ...['22 Nov', '02:00', '04:00', '06:00', '08:00', '10:00'],
      ...['12:00', '14:00', '16:00', '18:00', '20:00', '22:00'],
    ]);
    expect(labels(hours, 4)).toEqual(['22 Nov', '06:00', '12:00', '18:00']);
    const week = emptyBuckets('2026-11-22', { unit: 'hour', count: 3 }, 56);
    expect(labels(week, 7)).toEqual([
      ...['22 Nov', '23 Nov', '24 Nov', '25 Nov', '26 Nov', '27 Nov'],
      '28 Nov',
    ]);
    const days = emptyBuckets('2026-08-24', { unit: 'day', count: 1 }, 91);
    expect(labels(days, 5)).toEqual([
      ...['24 Aug', '13 Sep', '3 Oct', '23 Oct', '12 Nov'],
    ]);
    const months = emptyBuckets('2025-01-01', { unit: 'month', count: 1 }, 24);
    expect(labels(months, 2)).toEqual(['Jan 2025', 'Mar 2026']);
  });

  it('never writes more than there is room for', () => {
    for (const size of [
      { unit: 'minute', count: 1 },
      { unit: 'minute', count: 5 },
      { unit: 'hour', count: 6 },
      { unit: 'week', count: 1 },
      { unit: 'year', count: 1 },
    ] as const) {
      for (const count of [1, 7, 60, 101]) {
        const value = emptyBuckets('2026-11-22T13:20:00', size, count);
        for (const max of [2, 5, 20]) {
          expect(labels(value, max).length).toBeLessThanOrEqual(max);
        }
      }
    }
  });
});
