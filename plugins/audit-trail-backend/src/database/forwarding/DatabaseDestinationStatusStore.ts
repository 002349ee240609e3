import type { DestinationHour } from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { databaseTime, readTime, type RowTime } from '../databaseTime';
import { withinTime } from './withinTime';

/** How delivering to a destination goes. */
export interface DestinationStatus {
  destinationId: string;
  nextCallAt?: Date;
  /** Calls that failed since the last that succeeded. */
  failures: number;
  failingSince?: Date;
  alarmed: boolean;
  lastSuccessAt?: Date;
  lastFailureAt?: Date;
  lastError?: string;
}

/** The right to deliver to a destination. */
export interface Lease {
  destinationId: string;
  holder: string;
  /** What somebody with an earlier fence says is void. */
  fence: number;
}

/** Why a call failed, and when the next may be made. */
interface CallFailure {
  error: string;
  nextCallInMs: number;
}

interface StatusRow {
  destination_id: string;
  fence: number | string;
  next_call_at: RowTime | null;
  failures: number;
  failing_since: RowTime | null;
  alarmed: boolean | 0 | 1;
  last_success_at: RowTime | null;
  last_failure_at: RowTime | null;
  last_error: string | null;
}

const fromRow = (row: StatusRow): DestinationStatus => ({
  destinationId: row.destination_id,
  nextCallAt: readTime(row.next_call_at),
  failures: row.failures,
  failingSince: readTime(row.failing_since),
  alarmed: Boolean(row.alarmed),
  lastSuccessAt: readTime(row.last_success_at),
  lastFailureAt: readTime(row.last_failure_at),
  lastError: row.last_error ?? undefined,
});

const hourOf = (time: Date) =>
  new Date(Math.floor(time.getTime() / 3_600_000) * 3_600_000);

/** Keeps who delivers to each destination, and how that goes. */
export class DatabaseDestinationStatusStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseDestinationStatusStore {
    return new DatabaseDestinationStatusStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Takes or keeps the right to deliver to a destination for some time, unless
   * somebody else has it. Whoever had it last still has it, also after its end.
   */
  async hold(options: {
    destinationId: string;
    holder: string;
    forMs: number;
  }): Promise<{ lease: Lease; status: DestinationStatus } | undefined> {
    const { destinationId, holder, forMs } = options;
    const knex = this.#knex;
    const now = databaseTime(knex);
    const [row]: StatusRow[] = await withinTime(
      knex('audit_destination_status')
        .where({ destination_id: destinationId })
        .where(query =>
          query
            .where({ holder })
            .orWhereNull('held_until')
            .orWhere('held_until', '<=', now),
        )
        .update({
          holder,
          fence: knex.raw(
            'case when holder = ? then fence else fence + 1 end',
            [holder],
          ),
          held_until: databaseTime(knex, forMs),
        })
        .returning('*'),
    );
    return (
      row && {
        lease: { destinationId, holder, fence: Number(row.fence) },
        status: fromRow(row),
      }
    );
  }

  /** Keeps the right; resolves to whether it still holds. */
  async renew(lease: Lease, forMs: number): Promise<boolean> {
    const renewed: number = await withinTime(
      this.#ofLease(lease).update({
        held_until: databaseTime(this.#knex, forMs),
      }),
    );
    return renewed > 0;
  }

  /** Gives the right back, so that another need not wait for its end. */
  async release(lease: Lease): Promise<void> {
    await withinTime(
      this.#ofLease(lease).update({ holder: null, held_until: null }),
    );
  }

  /**
   * Notes calls that succeeded, none of which failed after them.
   *
   * @param success - `at`: when the last one did; `nextCallAt`: when the next may
   * be made, at any time if left out
   * @param tx - the transaction in which it is to be noted, if there is one
   */
  async noteSuccess(
    lease: Lease,
    success: { at: Date; delivered: number; nextCallAt?: Date },
    tx?: Knex,
  ): Promise<void> {
    const { at, delivered, nextCallAt } = success;
    await withinTime(
      this.#ofLease(lease, tx).update({
        failures: 0,
        failing_since: null,
        last_success_at: at,
        next_call_at: nextCallAt ?? at,
      }),
    );
    await this.#addToHour(lease, at, { delivered }, tx);
  }

  /** Notes a call that failed. */
  async noteFailure(lease: Lease, failure: CallFailure): Promise<void> {
    await this.#note(lease, failure, now => ({
      failures: this.#knex.raw('failures + 1'),
      failing_since: this.#knex.raw('coalesce(failing_since, ?)', [now]),
    }));
  }

  /** Notes a call that was refused for what was sent. */
  async noteRejection(lease: Lease, failure: CallFailure): Promise<void> {
    await this.#note(lease, failure, () => ({}));
  }

  async #note(
    lease: Lease,
    { error, nextCallInMs }: CallFailure,
    columns: (now: Date) => object,
  ): Promise<void> {
    const now = new Date();
    await withinTime(
      this.#ofLease(lease).update({
        ...columns(now),
        last_failure_at: now,
        last_error: error,
        next_call_at: new Date(now.getTime() + nextCallInMs),
      }),
    );
    await this.#addToHour(lease, now, { failed: 1 });
  }

  /** Remembers whether the Owners have been told; false if they were before. */
  async setAlarmed(destinationId: string, alarmed: boolean): Promise<boolean> {
    const changed = await this.#knex('audit_destination_status')
      .where({ destination_id: destinationId, alarmed: !alarmed })
      .update({ alarmed });
    return changed > 0;
  }

  /** How delivering to some destinations goes. */
  async list(destinationIds: string[]): Promise<DestinationStatus[]> {
    const rows: StatusRow[] = await this.#knex(
      'audit_destination_status',
    ).whereIn('destination_id', destinationIds);
    return rows.map(fromRow);
  }

  /** Hours with deliveries since a time, oldest first. */
  async hoursSince(
    destinationIds: string[],
    since: Date,
  ): Promise<(DestinationHour & { destinationId: string })[]> {
    const rows: {
      destination_id: string;
      hour: RowTime;
      delivered: number;
      failed: number;
    }[] = await this.#knex('audit_destination_hours')
      .whereIn('destination_id', destinationIds)
      .where('hour', '>=', since)
      .orderBy('hour');
    return rows.map(({ destination_id, hour, delivered, failed }) => ({
      destinationId: destination_id,
      hour: new Date(hour).toISOString(),
      delivered,
      failed,
    }));
  }

  #ofLease(
    { destinationId, holder, fence }: Lease,
    tx: Knex = this.#knex,
  ): Knex.QueryBuilder {
    return tx('audit_destination_status').where({
      destination_id: destinationId,
      holder,
      fence,
    });
  }

  async #addToHour(
    { destinationId }: Lease,
    now: Date,
    counts: { delivered?: number; failed?: number },
    tx: Knex = this.#knex,
  ): Promise<void> {
    const { delivered = 0, failed = 0 } = counts;
    await withinTime(
      tx('audit_destination_hours')
        .insert({
          destination_id: destinationId,
          hour: hourOf(now),
          delivered,
          failed,
        })
        .onConflict(['destination_id', 'hour'])
        .merge({
          delivered: tx.raw('audit_destination_hours.delivered + ?', [
            delivered,
          ]),
          failed: tx.raw('audit_destination_hours.failed + ?', [failed]),
        }),
    );
  }
}
