import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { dialectOf } from '../dialect';
import { EVENTS_OF_HOUR } from './eventCounts';

/** Hours whose rows are merged at once. */
const HOURS_AT_ONCE = 500;
/** Rows that SQLite takes in one statement, and some to spare. */
const ROWS_AT_ONCE = 200;

const QUARTERS = ['quarter_0', 'quarter_1', 'quarter_2', 'quarter_3'];

const SUMS = QUARTERS.map(quarter => `sum(${quarter})`).join(', ');
const IS_SOMETHING = QUARTERS.map(quarter => `sum(${quarter}) <> 0`).join(
  ' or ',
);
const EVENTS = `sum(${EVENTS_OF_HOUR})`;

const UNSUMMED =
  'select distinct hour from audit_event_counts where not summed order by hour limit ?';

/**
 * Keeps the counts of events small. They are rows that add up, one or more for
 * each transaction that added or removed events; this makes one of those of the
 * same kind and time, and notes what those of an hour add up to by category.
 *
 * @remarks
 *
 * It changes no sum, and who reads sees an hour's rows either all before or all
 * after. So it may come late, or twice at once: what two remove are different
 * rows, and each notes what it has removed.
 */
export class DatabaseEventCounts {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseEventCounts {
    return new DatabaseEventCounts(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Merges every minute from now on. */
  async start(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'audit-trail-merge-counts',
      frequency: { minutes: 1 },
      // So long nobody merges after a replica was killed while it did.
      timeout: { minutes: 1 },
      fn: async signal => {
        while ((await this.merge()) === HOURS_AT_ONCE && !signal.aborted) {
          // There may be more.
        }
      },
    });
  }

  /** Merges the rows of some hours; resolves to how many hours these were. */
  async merge(): Promise<number> {
    return dialectOf(this.#knex) === 'postgres'
      ? this.#mergeOnPostgres()
      : this.#mergeOnSqlite();
  }

  /** In one statement: the rows that are removed are those that are summed. */
  async #mergeOnPostgres(): Promise<number> {
    const { rows } = await this.#knex.raw(
      `with hours as materialized (${UNSUMMED}),
       removed as (
         delete from audit_event_counts where hour in (select hour from hours)
         returning hour, kind_id, ${QUARTERS.join(', ')}
       ),
       outdated as (
         delete from audit_event_hours where hour in (select hour from hours)
       ),
       by_kind as (
         insert into audit_event_counts (hour, kind_id, ${QUARTERS.join(
           ', ',
         )}, summed)
         select hour, kind_id, ${SUMS}, true from removed
         group by hour, kind_id having ${IS_SOMETHING}
       ),
       by_category as (
         insert into audit_event_hours (hour, category, harmful, events)
         select hour, category, harmful, ${EVENTS} from removed
         join audit_event_kinds on audit_event_kinds.id = kind_id
         group by hour, category, harmful having ${EVENTS} <> 0
       )
       select count(*)::int as count from hours`,
      [HOURS_AT_ONCE],
    );
    return rows[0].count;
  }

  /** In one transaction, as SQLite has one writer at a time. */
  async #mergeOnSqlite(): Promise<number> {
    return this.#knex.transaction(async tx => {
      const found: { hour: number }[] = await tx.raw(UNSUMMED, [HOURS_AT_ONCE]);
      const hours = found.map(({ hour }) => hour);
      const byKind = await tx('audit_event_counts')
        .select('hour', 'kind_id')
        .sum(Object.fromEntries(QUARTERS.map(quarter => [quarter, quarter])))
        .whereIn('hour', hours)
        .groupBy('hour', 'kind_id')
        .havingRaw(IS_SOMETHING);
      const byCategory = await tx('audit_event_counts')
        .join('audit_event_kinds', 'audit_event_kinds.id', 'kind_id')
        .select('hour', 'category', 'harmful')
        .select(tx.raw(`${EVENTS} as events`))
        .whereIn('hour', hours)
        .groupBy('hour', 'category', 'harmful')
        .havingRaw(`${EVENTS} <> 0`);
      await tx('audit_event_counts').whereIn('hour', hours).delete();
      await tx('audit_event_hours').whereIn('hour', hours).delete();
      await tx.batchInsert(
        'audit_event_counts',
        byKind.map(row => ({ ...row, summed: true })),
        ROWS_AT_ONCE,
      );
      await tx.batchInsert('audit_event_hours', byCategory, ROWS_AT_ONCE);
      return hours.length;
    });
  }
}
