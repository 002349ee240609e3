import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import type {
  AuditEventFilter,
  AuditEventValues,
} from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { applyCriteria } from './applyCriteria';
import { bucketNumber } from './bucketNumber';
import type { AuditEventCriteria } from './criteria';

/** Events are counted by the hour, in UTC, and by its quarters. */
export const HOUR_MS = 60 * 60_000;
/** Every zone's day begins with one. */
export const QUARTER_MS = HOUR_MS / 4;

/** What events are counted by; all that a filter may name for counts to do. */
const COUNTED_BY: readonly (keyof AuditEventValues)[] = [
  'types',
  'categories',
  'workspaces',
  'sources',
  'outcomes',
];

const isEmpty = (value: unknown) =>
  value === undefined || (Array.isArray(value) && value.length === 0);

function hasOnlyCounted(values: AuditEventValues): boolean {
  return Object.entries(values).every(
    ([field, value]) =>
      isEmpty(value) || COUNTED_BY.includes(field as keyof AuditEventValues),
  );
}

function isCountedFilter({ harmful, not = {}, ...values }: AuditEventFilter) {
  return hasOnlyCounted(values) && hasOnlyCounted(not);
}

/**
 * Whether events that criteria choose can be told from others by what they are
 * counted by.
 */
export function areCounted(criteria: AuditEventCriteria): boolean {
  if (isAndCriteria(criteria)) {
    return criteria.allOf.every(areCounted);
  }
  if (isOrCriteria(criteria)) {
    return criteria.anyOf.every(areCounted);
  }
  if (isNotCriteria(criteria)) {
    return areCounted(criteria.not);
  }
  return 'filter' in criteria && isCountedFilter(criteria.filter);
}

/** Criteria apart from when events happened. */
export interface CriteriaInTime {
  /** Milliseconds since 1970; included. */
  from?: number;
  /** Milliseconds since 1970; included. */
  to?: number;
  /** All else that the criteria ask for. */
  others: AuditEventCriteria;
}

const later = (one: number | undefined, other: number | undefined) =>
  one === undefined || other === undefined
    ? one ?? other
    : Math.max(one, other);
const earlier = (one: number | undefined, other: number | undefined) =>
  one === undefined || other === undefined
    ? one ?? other
    : Math.min(one, other);

/**
 * Takes the bounds in time out of criteria, those that hold for all events
 * chosen. Others stay where they are.
 */
export function takeTime(criteria: AuditEventCriteria): CriteriaInTime {
  if (isAndCriteria(criteria)) {
    const [first, ...rest] = criteria.allOf.map(takeTime);
    return {
      from: rest.reduce((from, part) => later(from, part.from), first.from),
      to: rest.reduce((to, part) => earlier(to, part.to), first.to),
      others: {
        allOf: [first.others, ...rest.map(({ others }) => others)],
      },
    };
  }
  if (!('filter' in criteria)) {
    return { others: criteria };
  }
  const { from, to, ...filter } = criteria.filter;
  return {
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
    others: { filter },
  };
}

/**
 * Counts of the events that criteria choose, which have to be `areCounted`.
 * Columns: `hour`, `kind_id`, and the four quarters.
 */
export function countsQuery(
  knex: Knex,
  criteria: AuditEventCriteria,
): Knex.QueryBuilder {
  // By this name filters find their columns in the table of kinds.
  const kinds = knex('audit_event_kinds as audit_events').select('id');
  applyCriteria(kinds, knex, criteria);
  return knex('audit_event_counts').whereIn('kind_id', kinds);
}

/** Events of an hour. */
export const EVENTS_OF_HOUR = 'quarter_0 + quarter_1 + quarter_2 + quarter_3';

const QUARTERS = [0, 1, 2, 3];
/** Events of a quarter of an hour, with the quarters joined. */
const EVENTS_OF_QUARTER = `case quarter ${QUARTERS.map(
  quarter => `when ${quarter} then quarter_${quarter}`,
).join(' ')} end`;

/**
 * Counts by bucket, category and whether they are harmful. Reads hours as a
 * whole but for those in which a bucket ends, as adding up numbers first and
 * only then looking at what they are of is what makes it fast.
 *
 * @param options - `starts`: first quarters of the buckets, counted from 1970
 * on; `from` and `before`: the first quarter to count, and the first not to be
 */
export function bucketCountsQuery(
  knex: Knex,
  options: {
    criteria: AuditEventCriteria;
    starts: number[];
    from: number;
    before: number;
  },
): Knex.QueryBuilder {
  const { criteria, starts, from, before } = options;
  const splitHours = [
    ...new Set(
      [...starts, from, before]
        .filter(quarter => quarter % 4 !== 0)
        .map(quarter => Math.floor(quarter / 4)),
    ),
  ];
  const wholeHours = countsQuery(knex, criteria)
    .select(
      bucketNumber(
        knex,
        'hour',
        // An hour in which a bucket ends is not looked at here.
        starts.map(start => Math.ceil(start / 4)),
      ).wrap('', ' as bucket'),
      'kind_id',
      knex.raw(`sum(${EVENTS_OF_HOUR}) as events`),
    )
    .where('hour', '>=', Math.floor(from / 4))
    .where('hour', '<', Math.ceil(before / 4))
    .whereNotIn('hour', splitHours)
    .groupByRaw('1, 2');
  const quarters = countsQuery(knex, criteria)
    .joinRaw(
      `cross join (${QUARTERS.map(
        quarter => `select ${quarter} as quarter`,
      ).join(' union all ')}) as quarters`,
    )
    .select(
      bucketNumber(knex, 'hour * 4 + quarter', starts).wrap('', ' as bucket'),
      'kind_id',
      knex.raw(`sum(${EVENTS_OF_QUARTER}) as events`),
    )
    .whereIn('hour', splitHours)
    .whereRaw('hour * 4 + quarter >= ?', [from])
    .whereRaw('hour * 4 + quarter < ?', [before])
    .groupByRaw('1, 2');
  return knex
    .select('bucket', 'category', 'harmful')
    .sum({ count: 'events' })
    .from(
      knex
        .unionAll(splitHours.length > 0 ? [wholeHours, quarters] : [wholeHours])
        .as('counted'),
    )
    .join('audit_event_kinds', 'audit_event_kinds.id', 'counted.kind_id')
    .groupBy('bucket', 'category', 'harmful');
}
