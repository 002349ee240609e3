import type { AuditEventHistogramBucket } from 'backstage-plugin-audit-trail-common';
import { DateTime } from 'luxon';
import { resolveTimeRange, TIME_PRESETS, type TimeRange } from './timeRange';

/** How much longer a time range becomes by zooming out. */
const FACTOR = 3;

/** The time of some neighbouring buckets, given by any two of their ends. */
export function zoomInto(
  buckets: readonly AuditEventHistogramBucket[],
  one: number,
  other: number,
): TimeRange {
  const [first, last] = [one, other].sort((a, b) => a - b);
  return { from: buckets[first].from, to: buckets[last].to };
}

/**
 * The next longer time range around one; `undefined` if there is none. One
 * that would reach the present becomes a preset, which moves on with the clock.
 */
export function zoomOut(
  range: TimeRange,
  now: DateTime = DateTime.utc(),
): TimeRange | undefined {
  const last = TIME_PRESETS[TIME_PRESETS.length - 1];
  if (range.preset) {
    const at = TIME_PRESETS.indexOf(range.preset);
    const next = TIME_PRESETS[at + 1];
    return next && { preset: next };
  }
  if (!range.from) {
    return range.to ? { preset: last } : undefined;
  }
  const from = Date.parse(range.from);
  const to = Math.min(
    range.to ? Date.parse(range.to) : Number(now),
    Number(now),
  );
  const length = Math.max(to - from + 1, 60_000);
  const more = (length * (FACTOR - 1)) / 2;
  if (to + more < Number(now)) {
    return {
      from: new Date(Math.max(from - more, 0)).toISOString(),
      to: new Date(to + more).toISOString(),
    };
  }
  const wanted = Number(now) - length * FACTOR;
  const preset = TIME_PRESETS.find(id => {
    const start = resolveTimeRange({ preset: id }, now).from;
    const reach = start === undefined ? 0 : Date.parse(start);
    return reach <= Math.min(wanted, from);
  });
  return { preset: preset ?? last };
}
