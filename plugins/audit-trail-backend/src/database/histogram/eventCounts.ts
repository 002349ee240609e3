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
import { applyCriteria } from '../applyCriteria';
import type { AuditEventCriteria } from '../criteria';

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

/** The kinds of events that criteria choose, which have to be `areCounted`. */
export function kindsQuery(
  knex: Knex,
  criteria: AuditEventCriteria,
): Knex.QueryBuilder {
  // By this name filters find their columns in the table of kinds.
  const kinds = knex('audit_event_kinds as audit_events');
  applyCriteria(kinds, knex, criteria);
  return kinds;
}

/**
 * Counts of the events that criteria choose, which have to be `areCounted`.
 * Columns: `hour`, `kind_id`, and the four quarters.
 */
export function countsQuery(
  knex: Knex,
  criteria: AuditEventCriteria,
): Knex.QueryBuilder {
  return knex('audit_event_counts').whereIn(
    'kind_id',
    kindsQuery(knex, criteria).select('id'),
  );
}

/** Events of an hour. */
export const EVENTS_OF_HOUR = 'quarter_0 + quarter_1 + quarter_2 + quarter_3';
