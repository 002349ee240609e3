import type {
  AuditEventFilter,
  DestinationSettings,
} from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { lowestAuditEventId } from '../auditEventId';
import { readTime, type RowTime } from '../databaseTime';
import { dialectOf } from '../dialect';
import { whereOpen } from './openDeliveries';
import { withinTime } from './withinTime';

/** A destination as it stands in the database. */
export interface StoredDestination extends DestinationSettings {
  id: string;
  /** Whether it has said that it wants no more events. */
  gone: boolean;
  /** Earlier events that are still to be queued. */
  backfill?: {
    from: Date;
    /** The event up to which they are queued. */
    after: string;
  };
}

interface DestinationRow {
  id: string;
  enabled: boolean | 0 | 1;
  paused: boolean | 0 | 1;
  gone: boolean | 0 | 1;
  filter: string;
  hold_failures_minutes: number;
  backfill_from: RowTime | null;
  backfill_after: string | null;
}

function fromRow(row: DestinationRow): StoredDestination {
  const from = readTime(row.backfill_from);
  return {
    id: row.id,
    enabled: Boolean(row.enabled),
    paused: Boolean(row.paused),
    gone: Boolean(row.gone),
    filter: JSON.parse(row.filter) as AuditEventFilter,
    holdFailuresMinutes: row.hold_failures_minutes,
    backfill:
      from && row.backfill_after !== null
        ? { from, after: row.backfill_after }
        : undefined,
  };
}

function toColumns(settings: Partial<DestinationSettings>) {
  return {
    enabled: settings.enabled,
    paused: settings.paused,
    filter: settings.filter && JSON.stringify(settings.filter),
    hold_failures_minutes: settings.holdFailuresMinutes,
  };
}

/** Reads rows that nobody changes until the transaction is over. */
export function sharing<T extends Knex.QueryBuilder>(
  tx: Knex.Transaction,
  query: T,
): T {
  // SQLite has one writer at a time.
  return dialectOf(tx) === 'postgres' ? (query.forShare() as T) : query;
}

/** Keeps what Owners have set of destinations. */
export class DatabaseDestinationsStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseDestinationsStore {
    return new DatabaseDestinationsStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Adds a destination with its first settings, unless it is known. */
  async ensure(id: string, settings: DestinationSettings): Promise<void> {
    await this.#knex('audit_destinations')
      .insert({ id, gone: false, ...toColumns(settings) })
      .onConflict('id')
      .ignore();
    await this.#knex('audit_destination_status')
      .insert({ destination_id: id, fence: 0, failures: 0, alarmed: false })
      .onConflict('destination_id')
      .ignore();
  }

  /** One destination. */
  async get(id: string): Promise<StoredDestination | undefined> {
    const row = await withinTime(
      this.#knex('audit_destinations').where({ id }).first(),
    );
    return row && fromRow(row);
  }

  /** Some destinations. */
  async list(ids: string[]): Promise<StoredDestination[]> {
    const rows: DestinationRow[] = await this.#knex(
      'audit_destinations',
    ).whereIn('id', ids);
    return rows.map(fromRow);
  }

  /**
   * The destinations among some that events go to, in the transaction that
   * appends the events. Whoever changes a destination waits until that
   * transaction is over, so that no event is judged by settings of before; so
   * does whoever switches one on, from when on all that is appended goes there.
   */
  async listActive(
    tx: Knex.Transaction,
    ids: string[],
  ): Promise<StoredDestination[]> {
    const rows = await sharing(
      tx,
      tx<DestinationRow>('audit_destinations').whereIn('id', ids),
    );
    return rows.map(fromRow).filter(({ enabled }) => enabled);
  }

  /**
   * Changes settings. Switching a destination off ends a backfill; switching it
   * on begins anew, also if it was gone. What failed before that, or before a
   * pause, says nothing of what is to come: it is tried at once.
   */
  async update(
    id: string,
    changes: Partial<DestinationSettings> & { backfillFrom?: Date },
  ): Promise<void> {
    const { backfillFrom, ...settings } = changes;
    const columns = {
      ...toColumns(settings),
      ...(settings.enabled && { gone: false }),
      ...(backfillFrom && {
        backfill_from: backfillFrom,
        backfill_after: lowestAuditEventId(backfillFrom.getTime()),
      }),
      ...(settings.enabled === false && {
        backfill_from: null,
        backfill_after: null,
      }),
    };
    if (Object.values(columns).every(value => value === undefined)) {
      return;
    }
    await this.#knex('audit_destinations').where({ id }).update(columns);
    if (settings.enabled || settings.paused === false) {
      await this.#beginAnew(id);
    }
  }

  /** By itself, as nothing that is appended may wait for it. */
  async #beginAnew(id: string): Promise<void> {
    await whereOpen(
      this.#knex('audit_deliveries').where({ destination_id: id }),
      'pending',
    )
      .where('attempts', '>', 0)
      .update({ at: new Date(), failing_since: null });
    await this.#knex('audit_destination_status')
      .where({ destination_id: id })
      .update({ failures: 0, failing_since: null, next_call_at: null });
  }

  /** Remembers that a destination wants no more events. */
  async markGone(id: string): Promise<void> {
    await this.#knex('audit_destinations').where({ id }).update({ gone: true });
  }
}
