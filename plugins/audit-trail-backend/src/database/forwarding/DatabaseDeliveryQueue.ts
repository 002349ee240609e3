import type { DeliveryState } from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { applyCriteria } from '../applyCriteria';
import type { AuditEventCriteria } from '../criteria';
import type { Lease } from './DatabaseDestinationStatusStore';
import { readTime } from '../databaseTime';
import type { DeliveryRow, StoredDelivery } from './deliveryRow';
import { dialectOf } from '../dialect';
import { whereOneOf } from '../whereOneOf';
import { sharing } from './DatabaseDestinationsStore';
import { firstByEvent, whereOpen, whereWaiting } from './openDeliveries';
import { withinTime } from './withinTime';

/** Rows a statement: SQLite takes no more than 500. */
const ROWS_PER_STATEMENT = 500;

/** A delivery that is due. */
export type DueDelivery = Pick<
  StoredDelivery,
  'eventId' | 'attempts' | 'failingSince'
>;

const toDueDelivery = (
  row: Pick<DeliveryRow, 'event_id' | 'attempts' | 'failing_since'>,
): DueDelivery => ({
  eventId: row.event_id,
  attempts: row.attempts,
  failingSince: readTime(row.failing_since),
});

/** An event to be queued for a destination. */
export interface NewDelivery {
  destinationId: string;
  eventId: string;
  /** When it is to be tried at the earliest. */
  dueAt: Date;
}

const newRow = (delivery: NewDelivery, now: Date) => ({
  destination_id: delivery.destinationId,
  event_id: delivery.eventId,
  state: 'pending',
  queued_at: now,
  at: delivery.dueAt,
  attempts: 0,
});

function* chunks<T>(items: T[]): Iterable<T[]> {
  for (let at = 0; at < items.length; at += ROWS_PER_STATEMENT) {
    yield items.slice(at, at + ROWS_PER_STATEMENT);
  }
}

/** The queue of each destination: what the engine sends, and how it went. */
export class DatabaseDeliveryQueue {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseDeliveryQueue {
    return new DatabaseDeliveryQueue(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Does something as a whole or not at all. */
  async transaction<T>(work: (tx: Knex) => Promise<T>): Promise<T> {
    return this.#knex.transaction(work);
  }

  /** Queues events, in the transaction that appends them. */
  async add(tx: Knex.Transaction, deliveries: NewDelivery[]): Promise<void> {
    const now = new Date();
    for (const chunk of chunks(deliveries)) {
      await tx('audit_deliveries')
        .insert(chunk.map(delivery => newRow(delivery, now)))
        .onConflict(['destination_id', 'event_id'])
        .ignore();
    }
  }

  /**
   * Queues the next earlier events for a destination that is to have them.
   *
   * @param options - `after`: as far as it has come; it looks at no more than
   * `look` events behind that, and queues `limit` at most
   * @returns whether there are more
   */
  async backfill(
    destinationId: string,
    options: {
      after: string;
      criteria: AuditEventCriteria;
      limit: number;
      look: number;
    },
  ): Promise<boolean> {
    const { after, limit } = options;
    // Before the lock, for which all that is appended waits.
    const { ids, end } = await this.#earlier(options);
    const reached = ids.length === limit ? ids[ids.length - 1] : end;
    const now = new Date();
    return this.#knex.transaction(async tx => {
      const moved: number = await withinTime(
        tx('audit_destinations')
          .where({ id: destinationId, backfill_after: after })
          .update(
            reached === undefined
              ? { backfill_from: null, backfill_after: null }
              : { backfill_after: reached },
          ),
      );
      // Otherwise somebody has ended it, or begun another.
      if (moved > 0) {
        await this.add(
          tx,
          ids.map(eventId => ({ destinationId, eventId, dueAt: now })),
        );
      }
      return moved > 0 && reached !== undefined;
    });
  }

  /** Events behind one, and where those end that were looked at, if not at all. */
  async #earlier(options: {
    after: string;
    criteria: AuditEventCriteria;
    limit: number;
    look: number;
  }): Promise<{ ids: string[]; end?: string }> {
    const { after, criteria, limit, look } = options;
    const behind = () =>
      this.#knex('audit_events')
        .where('audit_events.id', '>', after)
        .orderBy('audit_events.id')
        .pluck('audit_events.id');
    const [end]: (string | undefined)[] = await withinTime(
      behind()
        .offset(look - 1)
        .limit(1),
    );
    const query = behind().limit(limit);
    if (end !== undefined) {
      query.where('audit_events.id', '<=', end);
    }
    applyCriteria(query, this.#knex, criteria);
    return { ids: await withinTime(query), end };
  }

  /**
   * What is due at a destination, in the order of events.
   *
   * @param options - `after`: begins behind this event; `untriedFirst`: what has
   * not failed alone comes first, and then what has done so less often
   */
  async listDue(
    destinationId: string,
    limit: number,
    options: { after?: string; untriedFirst?: boolean } = {},
  ): Promise<DueDelivery[]> {
    const due = () => {
      const query = whereOpen(this.#due(destinationId), 'pending');
      return options.after === undefined
        ? query
        : query.where('event_id', '>', options.after);
    };
    const list = async () => {
      if (!options.untriedFirst) {
        return withinTime(firstByEvent(due(), limit));
      }
      // Apart from the others, as the index of what is open has this order.
      const untried = await withinTime(
        firstByEvent(due().where({ attempts: 0 }), limit),
      );
      return untried.length > 0
        ? untried
        : withinTime(due().orderBy(['attempts', 'event_id']).limit(limit));
    };
    return (await list()).map(toDueDelivery);
  }

  /**
   * What has become due at a destination since some time, in the order of
   * events; `undefined` if that is as much as the limit or more.
   */
  async listDueSince(
    destinationId: string,
    since: Date,
    limit: number,
  ): Promise<DueDelivery[] | undefined> {
    const rows = await withinTime(
      whereWaiting(this.#due(destinationId))
        .where('at', '>', since)
        .orderBy('at')
        .limit(limit),
    );
    return rows.length < limit
      ? rows.map(toDueDelivery).sort((a, b) => (a.eventId < b.eventId ? -1 : 1))
      : undefined;
  }

  /** Whether anything has been due at a destination since some time or longer. */
  async isDueBefore(destinationId: string, time: Date): Promise<boolean> {
    const row = await withinTime(
      whereWaiting(this.#due(destinationId))
        .where('at', '<=', time)
        .orderBy('at')
        .first(),
    );
    return row !== undefined;
  }

  #due(destinationId: string) {
    // No more than it takes, as it is asked for each event once and again.
    return this.#knex<DeliveryRow>('audit_deliveries')
      .select('event_id', 'attempts', 'failing_since')
      .where({ destination_id: destinationId })
      .where('at', '<=', new Date());
  }

  /** Moves deliveries that a destination has taken, or never will, out of its queue. */
  async finish(
    lease: Lease,
    eventIds: string[],
    state: Exclude<DeliveryState, 'pending'>,
    options: { error?: string; tx?: Knex } = {},
  ): Promise<number> {
    const { error, tx = this.#knex } = options;
    let finished = 0;
    for (const chunk of this.#idChunks(eventIds)) {
      finished += await withinTime(
        this.#ofLease(tx, lease, chunk).update({
          state,
          at: new Date(),
          // What failed before it was taken stays known.
          ...(error && { error }),
        }),
      );
    }
    return finished;
  }

  /**
   * Takes some of what waits for a destination out of its queue, which is no
   * longer to be sent, unless it was switched on meanwhile.
   *
   * @returns how many
   */
  async drop(
    destinationId: string,
    options: { error: string; limit: number },
  ): Promise<number> {
    return this.#knex.transaction(async tx => {
      const destination = await withinTime(
        sharing(
          tx,
          tx('audit_destinations')
            .where({ id: destinationId })
            .first('enabled'),
        ),
      );
      if (!destination || destination.enabled) {
        return 0;
      }
      const waiting = firstByEvent(
        whereOpen(
          tx('audit_deliveries')
            .select('event_id')
            .where({ destination_id: destinationId }),
          'pending',
        ),
        options.limit,
      );
      if (this.#takesLocks) {
        // What is being acknowledged is left to that.
        waiting.forUpdate().skipLocked();
      }
      return withinTime(
        tx('audit_deliveries')
          .where({ destination_id: destinationId, state: 'pending' })
          .whereIn('event_id', waiting)
          .update({ state: 'skipped', at: new Date(), error: options.error }),
      );
    });
  }

  /** Keeps one delivery back after a call that failed for it alone. */
  async retryLater(
    lease: Lease,
    eventId: string,
    options: { error: string; inMs: number },
  ): Promise<void> {
    const now = new Date();
    await withinTime(
      this.#ofLease(this.#knex, lease, [eventId]).update({
        at: new Date(now.getTime() + options.inMs),
        attempts: this.#knex.raw('attempts + 1'),
        failing_since: this.#knex.raw('coalesce(failing_since, ?)', [now]),
        error: options.error,
      }),
    );
  }

  /** Pending deliveries of a lease that still holds. */
  #ofLease(
    tx: Knex,
    { destinationId, holder, fence }: Lease,
    eventIds: string[],
  ): Knex.QueryBuilder {
    // Not by an index of what is pending, in which PostgreSQL would pass over
    // whatever it has not tidied up.
    const deliveries = tx('audit_deliveries').where({
      destination_id: destinationId,
      state: 'pending',
    });
    return whereOneOf(this.#knex, deliveries, {
      column: 'event_id',
      type: 'uuid',
      values: eventIds,
    }).whereExists(
      tx('audit_destination_status')
        .select(tx.raw('1'))
        .where({ destination_id: destinationId, holder, fence }),
    );
  }

  /** SQLite has one writer at a time. */
  get #takesLocks(): boolean {
    return dialectOf(this.#knex) === 'postgres';
  }

  #idChunks(eventIds: string[]): Iterable<string[]> {
    // PostgreSQL takes any number of ids as one parameter.
    return dialectOf(this.#knex) === 'postgres' ? [eventIds] : chunks(eventIds);
  }
}
