import type { Knex } from 'knex';
import { applyCriteria } from '../applyCriteria';
import { auditEventIdTime, lowestAuditEventId } from '../auditEventId';
import { bucketCountsQuery } from './bucketCountsQuery';
import { bucketNumber } from './bucketNumber';
import { both, type AuditEventCriteria } from '../criteria';
import {
  EVENTS_OF_HOUR,
  HOUR_MS,
  QUARTER_MS,
  areCounted,
  countsQuery,
  takeTime,
  type CriteriaInTime,
} from './eventCounts';
import type {
  HistogramCount,
  HistogramCounts,
  HistogramStore,
} from './HistogramStore';
import { planText } from '../planText';
import { runQuery } from '../runQuery';

/** Events that are counted one by one, the newest of them. */
const MAX_EVENTS = 20_000;
/** A chart is worth waiting for less than the list below it. */
const TIMEOUT_MS = 5_000;

interface CountRow {
  bucket: number;
  category: string;
  /** 0 or 1 on SQLite. */
  harmful: boolean | 0 | 1;
  count: string | number;
  first_id?: string;
}

interface Buckets {
  starts: number[];
  end: number;
}

function toCount(row: CountRow): HistogramCount {
  return {
    bucket: Number(row.bucket),
    category: row.category,
    harmful: Boolean(row.harmful),
    count: Number(row.count),
  };
}

const between = (first: number, last: number): AuditEventCriteria => ({
  filter: {
    from: new Date(first).toISOString(),
    to: new Date(last).toISOString(),
  },
});

/**
 * Counts events by time: by the counts that the database keeps where a filter
 * asks for no more than these know, else one by one, up to a limit.
 */
export class DatabaseHistogramStore implements HistogramStore {
  readonly #knex: Knex;
  readonly #maxEvents: number;

  /**
   * @param options - `maxEvents`: how many events are counted one by one
   */
  static create(options: {
    knex: Knex;
    maxEvents?: number;
  }): DatabaseHistogramStore {
    return new DatabaseHistogramStore(
      options.knex,
      options.maxEvents ?? MAX_EVENTS,
    );
  }

  private constructor(knex: Knex, maxEvents: number) {
    this.#knex = knex;
    this.#maxEvents = maxEvents;
  }

  async earliest(criteria: AuditEventCriteria): Promise<number | undefined> {
    const { from, to, others } = takeTime(criteria);
    if (from === undefined && areCounted(others)) {
      const query = countsQuery(this.#knex, others);
      if (to !== undefined) {
        query.where('hour', '<=', Math.floor(to / HOUR_MS));
      }
      const [first] = await this.#run<{ hour: number }[]>(
        query
          .select('hour')
          .groupBy('hour')
          // What was removed stays a while, as less than nothing.
          .havingRaw(`sum(${EVENTS_OF_HOUR}) > 0`)
          .orderBy('hour')
          .limit(1),
      );
      return first && first.hour * HOUR_MS;
    }
    const newest = this.#newest(await this.#plan(criteria));
    const rows = await this.#run<{ id: string | null }[]>(
      this.#knex
        .select(this.#knex.raw('min(cast(id as text)) as id'))
        .from(newest.as('newest')),
    );
    return rows[0].id === null ? undefined : auditEventIdTime(rows[0].id);
  }

  async latest(criteria: AuditEventCriteria): Promise<number | undefined> {
    const query = this.#knex('audit_events')
      .select('audit_events.id')
      .orderBy('audit_events.id', 'desc')
      .limit(1);
    applyCriteria(query, this.#knex, criteria);
    const [row] = await this.#run<{ id: string }[]>(query);
    return row && auditEventIdTime(row.id);
  }

  async count(
    options: Buckets & { criteria: AuditEventCriteria },
  ): Promise<HistogramCounts> {
    const { criteria, ...buckets } = options;
    const inTime = takeTime(criteria);
    const fitsQuarters = [...buckets.starts, buckets.end].every(
      time => time % QUARTER_MS === 0,
    );
    return fitsQuarters && areCounted(inTime.others)
      ? { counts: await this.#countQuarters(inTime, buckets) }
      : this.#countNewest(criteria, buckets);
  }

  /**
   * By the counts that are kept of whole quarters of an hour, and one by one
   * in what is left of quarters at both ends.
   */
  async #countQuarters(
    { from, to, others }: CriteriaInTime,
    buckets: Buckets,
  ): Promise<HistogramCount[]> {
    const first = Math.max(from ?? 0, buckets.starts[0]);
    const last = Math.min(to ?? Infinity, buckets.end - 1);
    const quarters = {
      from: Math.ceil(first / QUARTER_MS),
      before: Math.floor((last + 1) / QUARTER_MS),
    };
    if (quarters.from >= quarters.before) {
      return this.#countBetween(others, buckets, first, last);
    }
    const [rows, ...ends] = await Promise.all([
      this.#run<CountRow[]>(
        bucketCountsQuery(this.#knex, {
          ...quarters,
          criteria: others,
          starts: buckets.starts.map(start => start / QUARTER_MS),
        }),
      ),
      this.#countBetween(
        others,
        buckets,
        first,
        quarters.from * QUARTER_MS - 1,
      ),
      this.#countBetween(others, buckets, quarters.before * QUARTER_MS, last),
    ]);
    return [...rows.map(toCount), ...ends.flat()];
  }

  /** One by one, all events of less than half an hour. */
  async #countBetween(
    criteria: AuditEventCriteria,
    buckets: Buckets,
    first: number,
    last: number,
  ): Promise<HistogramCount[]> {
    if (first > last) {
      return [];
    }
    const query = this.#knex('audit_events');
    applyCriteria(query, this.#knex, both(criteria, between(first, last)));
    const rows = await this.#run<CountRow[]>(
      this.#select(query, buckets.starts),
    );
    return rows.map(toCount);
  }

  /** One by one, the newest events up to the limit. */
  async #countNewest(
    criteria: AuditEventCriteria,
    { starts, end }: Buckets,
  ): Promise<HistogramCounts> {
    const inBuckets = both(criteria, between(starts[0], end - 1));
    const newest = this.#newest(await this.#plan(inBuckets));
    const rows = await this.#run<CountRow[]>(
      this.#select(this.#knex.from(newest.as('newest')), starts).select(
        this.#knex.raw('min(cast(id as text)) as first_id'),
      ),
    );
    const counts = rows.map(toCount);
    const total = counts.reduce((sum, { count }) => sum + count, 0);
    if (total <= this.#maxEvents) {
      return { counts };
    }
    const [oldest] = rows.map(row => row.first_id!).sort();
    return { counts, countedFrom: auditEventIdTime(oldest) };
  }

  /** The newest events, one more than are counted one by one. */
  #newest(criteria: AuditEventCriteria): Knex.QueryBuilder {
    const query = this.#knex('audit_events')
      .select(
        'audit_events.id',
        'audit_events.category',
        'audit_events.harmful',
      )
      .orderBy('audit_events.id', 'desc')
      .limit(this.#maxEvents + 1);
    applyCriteria(query, this.#knex, criteria);
    return query;
  }

  /** Criteria that choose the same events, sooner. */
  async #plan(criteria: AuditEventCriteria): Promise<AuditEventCriteria> {
    return planText(this.#knex, criteria, query => this.#run(query));
  }

  #select(query: Knex.QueryBuilder, starts: number[]): Knex.QueryBuilder {
    return query
      .select(
        bucketNumber(this.#knex, 'id', starts.map(lowestAuditEventId)).wrap(
          '',
          ' as bucket',
        ),
        'category',
        'harmful',
      )
      .count({ count: '*' })
      .groupByRaw('1, 2, 3');
  }

  async #run<T>(query: Knex.QueryBuilder): Promise<T> {
    return runQuery<T>(this.#knex, query, TIMEOUT_MS);
  }
}
