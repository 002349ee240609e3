import type { AuditEvent } from 'backstage-plugin-audit-trail-common';

/** How often an activity stands in a batch. */
export interface ActivityCount {
  label: string;
  harmful: boolean;
  count: number;
}

/** What there is to say of a batch as a whole. */
export interface BatchSummary {
  total: number;
  /** How many of them are harmful. */
  harmful: number;
  /** When the earliest happened. */
  from: string;
  /** When the latest happened. */
  to: string;
  /** Each activity once: harmful ones first, then by count. */
  activities: ActivityCount[];
}

/** Sums up a batch; it has to have an event. */
export function summarise(events: AuditEvent[]): BatchSummary {
  const times = events.map(({ occurredAt }) => occurredAt).sort();
  const activities = new Map<string, ActivityCount>();
  for (const { type, label, harmful } of events) {
    const key = `${type} ${harmful}`;
    const activity = activities.get(key) ?? { label, harmful, count: 0 };
    activity.count++;
    activities.set(key, activity);
  }
  return {
    total: events.length,
    harmful: events.filter(({ harmful }) => harmful).length,
    from: times[0],
    to: times[times.length - 1],
    activities: [...activities.values()].sort(
      (left, right) =>
        Number(right.harmful) - Number(left.harmful) ||
        right.count - left.count,
    ),
  };
}

/** Events that took something away, and all others, newest first. */
export function byHarm(events: AuditEvent[]): {
  harmful: AuditEvent[];
  others: AuditEvent[];
} {
  const newestFirst = [...events].sort(
    (left, right) =>
      right.occurredAt.localeCompare(left.occurredAt) ||
      right.id.localeCompare(left.id),
  );
  return {
    harmful: newestFirst.filter(({ harmful }) => harmful),
    others: newestFirst.filter(({ harmful }) => !harmful),
  };
}

/**
 * The parameters of the portal's page that shows all that happened while the
 * events of a batch did.
 */
export function pageParams(summary: BatchSummary): URLSearchParams {
  return new URLSearchParams({ from: summary.from, to: summary.to });
}
