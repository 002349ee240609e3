import type {
  AuditEventHistogram,
  AuditEventHistogramBucket,
} from 'backstage-plugin-audit-trail-common';
import type { Translate } from '../translation';
import { categoryLabel, numberLabel } from './labels';
import { bucketTime } from './histogramTimes';

/** The rest of the categories, taken together. */
export const OTHER_CATEGORIES = 'other';

/** Most categories that have a colour of their own. */
const MAX_SERIES = 10;

/** Categories with colours; all others are among the others. */
const COLOURED = new Set([
  ...['source', 'warehouses', 'integrations', 'personas', 'protocols'],
  ...['functions', 'access-management', 'destination-filters'],
  ...['schema-default', 'audit-trail'],
]);

/** A category of a chart, or the others together. */
export interface HistogramSeries {
  id: string;
  label: string;
  total: number;
}

/** Events of a bucket by series. */
export interface HistogramBar {
  bucket: AuditEventHistogramBucket;
  counts: Record<string, number>;
}

/** What a chart shows of a histogram. */
export interface HistogramBars {
  /** The most frequent first. */
  series: HistogramSeries[];
  bars: HistogramBar[];
}

/** A histogram as bars that are stacked of series. */
export function histogramBars(
  t: Translate,
  histogram: AuditEventHistogram,
): HistogramBars {
  const totals = new Map<string, number>();
  for (const { byCategory } of histogram.buckets) {
    for (const { category, count } of byCategory) {
      totals.set(category, (totals.get(category) ?? 0) + count);
    }
  }
  const sorted = [...totals].sort(
    ([a, x], [b, y]) => y - x || (a < b ? -1 : 1),
  );
  const own = new Set(
    sorted
      .map(([category]) => category)
      .filter(category => COLOURED.has(category))
      .slice(0, MAX_SERIES),
  );
  const series = sorted
    .filter(([category]) => own.has(category))
    .map(([id, total]) => ({ id, label: categoryLabel(t, id), total }));
  const others = sorted.filter(([category]) => !own.has(category));
  if (others.length > 0) {
    series.push({
      id: OTHER_CATEGORIES,
      // One of them has a name.
      label:
        others.length === 1
          ? categoryLabel(t, others[0][0])
          : t('chart.otherCategories'),
      total: others.reduce((sum, [, count]) => sum + count, 0),
    });
  }
  return {
    series,
    bars: histogram.buckets.map(bucket => {
      const counts: Record<string, number> = {};
      for (const { category, count } of bucket.byCategory) {
        const id = own.has(category) ? category : OTHER_CATEGORIES;
        counts[id] = (counts[id] ?? 0) + count;
      }
      return { bucket, counts };
    }),
  };
}

/** The categories of a bucket in words, such as `Source: 3`. */
export function categoryCounts(
  t: Translate,
  { byCategory }: AuditEventHistogramBucket,
): { category: string; text: string }[] {
  return byCategory.map(({ category, count }) => ({
    category,
    text: t('chart.categoryCount', {
      category: categoryLabel(t, category),
      number: numberLabel(t, count),
    }),
  }));
}

/** A bucket in one sentence. */
export function bucketSentence(
  t: Translate,
  histogram: AuditEventHistogram,
  bucket: AuditEventHistogramBucket,
): string {
  return [
    `${bucketTime(t, histogram, bucket)}: ${t('count.events', {
      count: bucket.total,
    })}`,
    bucket.harmful > 0 && t('chart.harmful', { count: bucket.harmful }),
    ...categoryCounts(t, bucket).map(({ text }) => text),
  ]
    .filter(Boolean)
    .join(', ');
}

/** All of a histogram in one sentence: how much, when most, how harmful. */
export function histogramSentence(
  t: Translate,
  histogram: AuditEventHistogram,
): string {
  const { buckets, total } = histogram;
  const harmful = buckets.reduce((sum, bucket) => sum + bucket.harmful, 0);
  const best = buckets.reduce<AuditEventHistogramBucket | undefined>(
    (most, bucket) => (bucket.total > (most?.total ?? 0) ? bucket : most),
    undefined,
  );
  return [
    t('count.events', { count: total }),
    harmful > 0 && t('chart.harmful', { count: harmful }),
    best &&
      buckets.length > 1 &&
      t('chart.most', {
        number: numberLabel(t, best.total),
        time: bucketTime(t, histogram, best),
      }),
  ]
    .filter(Boolean)
    .join(', ');
}
