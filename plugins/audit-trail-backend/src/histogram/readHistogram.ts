import type {
  AuditEventHistogram,
  AuditEventHistogramBucket,
} from 'backstage-plugin-audit-trail-common';
import { both, type AuditEventCriteria } from '../database/criteria';
import { takeTime } from '../database/histogram/eventCounts';
import type {
  HistogramCount,
  HistogramStore,
} from '../database/histogram/HistogramStore';
import { timeBuckets, type TimeBuckets } from './timeBuckets';

/** Which events to count, and how. */
export interface HistogramRequest {
  criteria: AuditEventCriteria;
  /** IANA name. */
  timeZone: string;
  /** Most buckets, give or take one. */
  maxBuckets: number;
}

/** A histogram of no events and no time. */
export const noHistogram = (timeZone: string): AuditEventHistogram => ({
  buckets: [],
  bucketSize: { unit: 'day', count: 1 },
  timeZone,
  total: 0,
  complete: true,
});

const toIso = (time: number) => new Date(time).toISOString();

/** Counts events by time, in buckets of a size that suits that time. */
export async function readHistogram(
  store: HistogramStore,
  request: HistogramRequest,
  now: number,
): Promise<AuditEventHistogram> {
  const { criteria, timeZone, maxBuckets } = request;
  const bounds = takeTime(criteria);
  const from = bounds.from ?? (await store.earliest(criteria));
  const to = bounds.to ?? (await latestOf(store, criteria, now));
  if (from === undefined || from > to) {
    return noHistogram(timeZone);
  }
  const cut = timeBuckets({ from, to, timeZone, maxBuckets });
  const { counts, countedFrom } = await store.count({ criteria, ...cut });
  const buckets = fillBuckets(cut, counts, bounds);
  return {
    buckets,
    bucketSize: cut.size,
    timeZone,
    total: buckets.reduce((sum, { total }) => sum + total, 0),
    complete: countedFrom === undefined,
    countedFrom: countedFrom === undefined ? undefined : toIso(countedFrom),
  };
}

/** Events may lie ahead of us, as their clocks may: then up to these, else now. */
async function latestOf(
  store: HistogramStore,
  criteria: AuditEventCriteria,
  now: number,
): Promise<number> {
  const ahead = both(criteria, { filter: { from: toIso(now) } });
  return (await store.latest(ahead)) ?? now;
}

function fillBuckets(
  { starts, end }: TimeBuckets,
  counts: HistogramCount[],
  bounds: { from?: number; to?: number },
): AuditEventHistogramBucket[] {
  const categories = starts.map(() => new Map<string, number>());
  const harmful = starts.map(() => 0);
  for (const { bucket, category, count, ...counted } of counts) {
    const known = categories[bucket].get(category) ?? 0;
    categories[bucket].set(category, known + count);
    harmful[bucket] += counted.harmful ? count : 0;
  }
  return starts.map((start, at) => {
    const byCategory = [...categories[at]]
      .map(([category, count]) => ({ category, count }))
      .filter(({ count }) => count !== 0)
      .sort((a, b) => b.count - a.count || (a.category < b.category ? -1 : 1));
    const last = (starts[at + 1] ?? end) - 1;
    return {
      from: toIso(Math.max(start, bounds.from ?? start)),
      to: toIso(Math.min(last, bounds.to ?? last)),
      total: byCategory.reduce((sum, { count }) => sum + count, 0),
      harmful: harmful[at],
      byCategory,
    };
  });
}
