import type { AuditEventHistogramSize } from 'backstage-plugin-audit-trail-common';
import { DateTime, Duration, type DateTimeUnit } from 'luxon';

/** Sizes of buckets, smallest first; years in any number come after these. */
const SIZES: readonly AuditEventHistogramSize[] = [
  { unit: 'minute', count: 1 },
  { unit: 'minute', count: 5 },
  { unit: 'minute', count: 15 },
  { unit: 'hour', count: 1 },
  { unit: 'hour', count: 3 },
  { unit: 'hour', count: 6 },
  { unit: 'day', count: 1 },
  { unit: 'week', count: 1 },
  { unit: 'month', count: 1 },
  { unit: 'month', count: 3 },
  { unit: 'year', count: 1 },
];

/** A time range cut into buckets. */
export interface TimeBuckets {
  size: AuditEventHistogramSize;
  /** Where each bucket starts, in milliseconds since 1970. */
  starts: number[];
  /** Where the last one ends; no longer part of it. */
  end: number;
}

const lengthOf = ({ unit, count }: AuditEventHistogramSize) =>
  Duration.fromObject({ [unit]: count }).toMillis();

function chooseSize(milliseconds: number, maxBuckets: number) {
  const fitting = SIZES.find(
    size => milliseconds <= maxBuckets * lengthOf(size),
  );
  const year = lengthOf({ unit: 'year', count: 1 });
  return (
    fitting ?? {
      unit: 'year' as const,
      count: Math.ceil(milliseconds / year / maxBuckets),
    }
  );
}

/**
 * Starts of the buckets of one day. Those of up to an hour have their length
 * whatever the clocks do; longer ones start at the same times of each day, so
 * that the one in which the clocks change is shorter or longer.
 */
function startsOfDay(day: DateTime, size: AuditEventHistogramSize): number[] {
  const start = day.startOf('day');
  const end = start.plus({ days: 1 }).startOf('day');
  const starts: number[] = [];
  if (size.unit === 'hour' && size.count > 1) {
    for (let hour = 0; hour < 24; hour += size.count) {
      starts.push(hour === 0 ? +start : +start.set({ hour }));
    }
  } else {
    for (let at = +start; at < +end; at += lengthOf(size)) {
      starts.push(at);
    }
  }
  return starts;
}

/** Starts of buckets from the one that a time lies in, up to behind another. */
function startsBetween(
  from: DateTime,
  to: DateTime,
  size: AuditEventHistogramSize,
): number[] {
  const starts: number[] = [];
  if (size.unit === 'minute' || size.unit === 'hour') {
    let day = from.startOf('day');
    while (starts.length === 0 || starts[starts.length - 1] <= +to) {
      starts.push(...startsOfDay(day, size));
      day = day.plus({ days: 1 }).startOf('day');
    }
    return starts;
  }
  const unit: DateTimeUnit =
    size.unit === 'month' && size.count === 3 ? 'quarter' : size.unit;
  let at = from.startOf(unit);
  if (size.unit === 'year') {
    at = at.minus({ years: at.year % size.count });
  }
  starts.push(+at);
  while (+at <= +to) {
    // From the start again, as a day may begin later than at midnight.
    at = at.plus({ [size.unit]: size.count }).startOf(unit);
    starts.push(+at);
  }
  return starts;
}

/**
 * Cuts a time range into buckets of one size that suits it: as small as
 * possible, but no more of them than wanted, give or take one. They start where
 * the clocks and calendars of the time zone say.
 */
export function timeBuckets(options: {
  /** Milliseconds since 1970; both included. */
  from: number;
  to: number;
  /** IANA name. */
  timeZone: string;
  maxBuckets: number;
}): TimeBuckets {
  const { from, to, timeZone, maxBuckets } = options;
  const size = chooseSize(to - from, maxBuckets);
  const inZone = (time: number) =>
    DateTime.fromMillis(time, { zone: timeZone });
  // When clocks change, two starts may fall on one time.
  const all = [...new Set(startsBetween(inZone(from), inZone(to), size))].sort(
    (a, b) => a - b,
  );
  const first = all.filter(start => start <= from).length - 1;
  const end = all.findIndex(start => start > to);
  return { size, starts: all.slice(first, end), end: all[end] };
}
