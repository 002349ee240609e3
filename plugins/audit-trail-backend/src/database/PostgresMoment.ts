import type { Knex } from 'knex';

/**
 * Events recorded so long before the moment are of it, whatever else: their
 * transaction was over by then. So much may replicas' clocks differ, too.
 */
const SURELY_BEFORE = '10 minutes';

const SURELY_BEFORE_SETTING = 'audit_trail.export_surely_before';
const SNAPSHOT_SETTING = 'audit_trail.export_snapshot';

/** How many numbers of transactions there are before they begin anew. */
const XIDS = 2 ** 32;

/** Whether an event was there, by what is known of the moment. */
function conditionSql(surelyBefore: string, snapshot: string): string {
  // A row has the lower half of its transaction's number; the upper half is that
  // which brings it near to the snapshot's.
  const end = `split_part(${snapshot}, ':', 2)::bigint`;
  return `case when audit_events.recorded_at < ${surelyBefore} then true else coalesce((
    select pg_visible_in_snapshot(
      (${end} + (
        audit_event_resources.xmin::text::bigint - ${end} % ${XIDS} + ${
    XIDS + XIDS / 2
  }
      ) % ${XIDS} - ${XIDS / 2})::text::xid8,
      ${snapshot}::pg_snapshot
    )
    from audit_event_resources
    where audit_event_resources.event_id = audit_events.id
      and audit_event_resources.resource_key = audit_events.resource_key
  ), true) end`;
}

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
 * snapshot sees it; and the transaction that stored an event is that of its row
 * in `audit_event_resources`, which, unlike the event's own, is never written
 * again. Only the events of the last minutes are looked up in that way.
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
      this.#snapshot,
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
