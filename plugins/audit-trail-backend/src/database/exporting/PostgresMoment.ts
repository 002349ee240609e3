import type { Knex } from 'knex';

/**
 * Events recorded so long before the moment are of it, whatever else: their
 * transaction was over by then. So much may replicas' clocks differ, too.
 */
const SURELY_BEFORE = '10 minutes';

const SURELY_BEFORE_SETTING = 'audit_trail.export_surely_before';
const SNAPSHOT_SETTING = 'audit_trail.export_snapshot';

/** Whether an event was there, by what is known of the moment. */
const conditionSql = (surelyBefore: string, snapshot: string) =>
  `(audit_events.recorded_at < ${surelyBefore} or
    coalesce(pg_visible_in_snapshot(audit_events.stored_by, ${snapshot}::pg_snapshot), true))`;

/**
 * Whether an event was there, by settings of the transaction. The sub-queries
 * read them once, not for each row.
 */
export const MOMENT_SQL = conditionSql(
  `(select current_setting('${SURELY_BEFORE_SETTING}')::timestamptz)`,
  `(select current_setting('${SNAPSHOT_SETTING}'))`,
);

/**
 * A moment of the trail on PostgreSQL: which events were there, told long after
 * it and from any connection, without a transaction that stays open.
 *
 * @remarks
 *
 * A transaction that commits late has ids in the midst of others, so neither ids
 * nor times tell what was there. PostgreSQL can say of a transaction whether a
 * snapshot sees it, so each event keeps the number of the one that stored it.
 * The row's own number will not do: it is another one when the row is written
 * anew, and that of a savepoint, of which a snapshot knows nothing.
 * Only events of the last minutes are looked up in that way, as a trail that was
 * restored has numbers of another server.
 */
export class PostgresMoment {
  readonly #snapshot: string;
  readonly #surelyBefore: Date;

  /** The present moment. */
  static async take(knex: Knex): Promise<PostgresMoment> {
    const { rows } = await knex.raw(
      `select pg_current_snapshot()::text as snapshot,
         clock_timestamp() - interval '${SURELY_BEFORE}' as surely_before`,
    );
    return new PostgresMoment(rows[0].snapshot, rows[0].surely_before);
  }

  private constructor(snapshot: string, surelyBefore: Date) {
    this.#snapshot = snapshot;
    this.#surelyBefore = surelyBefore;
  }

  /** Narrows a query on `audit_events` to those that were there. */
  apply(query: Knex.QueryBuilder): void {
    query.whereRaw(conditionSql('?::timestamptz', '?::text'), [
      this.#surelyBefore,
      this.#snapshot,
    ]);
  }

  /** What to call `set_config` with, for a query that has {@link MOMENT_SQL}. */
  get settings(): [name: string, value: string][] {
    return [
      [SURELY_BEFORE_SETTING, this.#surelyBefore.toISOString()],
      [SNAPSHOT_SETTING, this.#snapshot],
    ];
  }
}
