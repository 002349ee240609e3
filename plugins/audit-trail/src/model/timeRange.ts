import {
  DEFAULT_TIME_RANGE,
  RELATIVE_TIME_RANGES,
  type RelativeTimeRange,
} from 'backstage-plugin-audit-trail-common';
import { DateTime } from 'luxon';

/** A time range that moves with the clock. */
export type TimePreset = RelativeTimeRange;

/** The presets, shortest first. */
export const TIME_PRESETS: readonly TimePreset[] = RELATIVE_TIME_RANGES;

/** What is shown unless somebody chooses otherwise. */
export const DEFAULT_PRESET: TimePreset = DEFAULT_TIME_RANGE;

/** Two fixed ends, as ISO 8601 in UTC; either may be open. */
export interface TimeBounds {
  from?: string;
  to?: string;
}

/** A preset, or fixed ends. */
export type TimeRange =
  | { preset: TimePreset }
  | ({ preset?: undefined } & TimeBounds);

/** Whether a text is the id of a preset. */
export function isTimePreset(value: string | null): value is TimePreset {
  return TIME_PRESETS.some(preset => preset === value);
}

/**
 * The ends that a time range stands for. A preset starts with an hour or a day
 * and has no end: cursors are bound to the filter, so that the same preset has
 * to give the same ends for as long as possible.
 */
export function resolveTimeRange(
  range: TimeRange,
  now: DateTime = DateTime.utc(),
): TimeBounds {
  switch (range.preset) {
    case undefined:
      return {
        ...(range.from && { from: range.from }),
        ...(range.to && { to: range.to }),
      };
    case 'all':
      return {};
    case '24h':
      return { from: toIso(now.toUTC().minus({ hours: 24 }).startOf('hour')) };
    default:
      return {
        from: toIso(
          now
            .toUTC()
            .minus({ days: parseInt(range.preset, 10) })
            .startOf('day'),
        ),
      };
  }
}

function toIso(time: DateTime): string {
  return time.toJSDate().toISOString();
}
