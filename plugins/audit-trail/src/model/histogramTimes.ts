import type {
  AuditEventHistogram,
  AuditEventHistogramBucket,
  AuditEventHistogramSize,
} from 'backstage-plugin-audit-trail-common';
import { DateTime } from 'luxon';
import type { Translate } from '../translation';

type Histogram = Pick<
  AuditEventHistogram,
  'buckets' | 'bucketSize' | 'timeZone'
>;

const HOUR = 60;

/** Minutes between two times on the axis, where buckets are shorter than a day. */
const STEPS = [1, 5, 10, 15, 30, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR];
/** Buckets between two times on the axis, where there are days in between. */
const STRIDES = [1, 2, 3, 5, 7, 10, 14, 20, 30, 50, 100];

const isShort = ({ unit }: AuditEventHistogramSize) =>
  unit === 'minute' || unit === 'hour';

function inZone(time: string, histogram: Histogram, t: Translate): DateTime {
  return DateTime.fromISO(time, {
    zone: histogram.timeZone,
    locale: t('locale'),
  });
}

const minuteOfDay = (time: DateTime) => time.hour * HOUR + time.minute;

/** A place on the axis that has a time, and how that is written. */
export interface HistogramTick {
  /** Index of the bucket. */
  bucket: number;
  label: string;
}

function dayLabel(
  t: Translate,
  time: DateTime,
  { unit }: AuditEventHistogramSize,
) {
  switch (unit) {
    case 'year':
      return time.toFormat('yyyy');
    case 'month':
      return time.toFormat(t('chart.axisMonth'));
    default:
      return time.toFormat(t('chart.axisDay'));
  }
}

/** Times to write on the axis: round ones, and no more than there is room for. */
export function histogramTicks(
  t: Translate,
  histogram: Histogram,
  maxTicks: number,
): HistogramTick[] {
  const { buckets, bucketSize } = histogram;
  const times = buckets.map(({ from }) => inZone(from, histogram, t));
  const places = times.map((time, bucket) => ({ time, bucket }));
  if (isShort(bucketSize)) {
    for (const step of STEPS) {
      const round = places.filter(
        ({ time }) => minuteOfDay(time) % step === 0 && time.second === 0,
      );
      if (round.length > 0 && round.length <= maxTicks) {
        return round.map(({ time, bucket }) => ({
          bucket,
          label:
            minuteOfDay(time) === 0
              ? time.toFormat(t('chart.axisDay'))
              : time.toFormat(t('chart.axisTime')),
        }));
      }
    }
  }
  const days = isShort(bucketSize)
    ? places.filter(({ time }) => minuteOfDay(time) === 0)
    : places;
  const stride =
    STRIDES.find(number => days.length <= number * maxTicks) ?? days.length;
  return days
    .filter((_, at) => at % stride === 0)
    .map(({ time, bucket }) => ({
      bucket,
      label: dayLabel(t, time, bucketSize),
    }));
}

/** The time of a bucket in words, in the zone of the histogram. */
export function bucketTime(
  t: Translate,
  histogram: Histogram,
  { from, to }: AuditEventHistogramBucket,
): string {
  const { unit, count } = histogram.bucketSize;
  const start = inZone(from, histogram, t);
  const last = inZone(to, histogram, t);
  const isCut = +start !== +start.startOf(unit === 'week' ? 'day' : unit);
  if (isShort(histogram.bucketSize) || isCut) {
    // The last millisecond is part of it: say the time at which it is over.
    const end = last.plus({ milliseconds: 1 });
    const sameDay = start.hasSame(last, 'day');
    return t('chart.span', {
      from: start.toFormat(t('chart.dayAndTime')),
      to: end.toFormat(sameDay ? t('chart.axisTime') : t('chart.dayAndTime')),
    });
  }
  if (start.hasSame(last, 'day')) {
    return start.toFormat(t('chart.dayInFull'));
  }
  if (unit === 'month' && count === 1) {
    return start.toFormat(t('chart.monthInFull'));
  }
  return t('chart.span', {
    from: start.toFormat(t('chart.day')),
    to: last.toFormat(t('chart.day')),
  });
}

/** How long the buckets are in words, such as `by 3 hours`. */
export function bucketSizeLabel(
  t: Translate,
  { unit, count }: AuditEventHistogramSize,
): string {
  switch (unit) {
    case 'minute':
      return t('chart.byMinute', { count });
    case 'hour':
      return t('chart.byHour', { count });
    case 'day':
      return t('chart.byDay', { count });
    case 'week':
      return t('chart.byWeek', { count });
    case 'month':
      return t('chart.byMonth', { count });
    default:
      return t('chart.byYear', { count });
  }
}
