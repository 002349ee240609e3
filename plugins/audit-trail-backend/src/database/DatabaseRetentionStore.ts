import type {
  AuditEventFilter,
  DeliveryState,
} from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { lowestAuditEventId } from './auditEventId';
import { dialectOf } from './dialect';
import { databaseTime, type RowTime } from './databaseTime';
import { EXPORT_LIMITS } from './exporting/exportLimits';

/** A prune from its beginning to its event. */
export interface PruneRun {
  id: string;
  startedAt: Date;
  /** Events before this id go. */
  before: string;
  /** Events that are gone. */
  removed: number;
  /** Events that stay until they are delivered. */
  held: number;
  /** Whether it has come to its end, and is to be recorded. */
  finished: boolean;
}

interface PruneRunRow {
  id: string;
  started_at: RowTime;
  before: string;
  after: string | null;
  removed: number | string;
  held: number | string;
  finished: boolean | 0 | 1;
  recorded: boolean | 0 | 1;
}

/** An export that runs, for which events are kept that retention would remove. */
export interface HoldingExport {
  id: string;
  startedAt: Date;
  /** The first event that it may read has this id or one behind it. */
  from: string;
}

/**
 * Removes events; the only place that does. What a prune has done stands in the
 * database as soon as it is done, so that another process can go on with it.
 */
export class DatabaseRetentionStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseRetentionStore {
    return new DatabaseRetentionStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The prune that is under way. */
  async run(): Promise<PruneRun | undefined> {
    const row = await this.#knex<PruneRunRow>('audit_prune_runs')
      .where({ recorded: false })
      // There is one, unless two processes have begun at once.
      .orderBy([{ column: 'started_at' }, { column: 'id' }])
      .first();
    return (
      row && {
        id: row.id,
        startedAt: new Date(row.started_at),
        before: row.before,
        removed: Number(row.removed),
        held: Number(row.held),
        finished: Boolean(row.finished),
      }
    );
  }

  /** When the last prune began that has removed anything. */
  async lastStartedAt(): Promise<Date | undefined> {
    const row = await this.#knex<PruneRunRow>('audit_prune_runs')
      .orderBy('started_at', 'desc')
      .first();
    return row && new Date(row.started_at);
  }

  /** Begins a prune. */
  async begin(run: Pick<PruneRun, 'id' | 'startedAt' | 'before'>) {
    await this.#knex('audit_prune_runs').insert({
      id: run.id,
      started_at: run.startedAt,
      before: run.before,
      removed: 0,
      held: 0,
      finished: false,
      recorded: false,
    });
  }

  /** Says that a prune has come to its end. */
  async finish(id: string): Promise<void> {
    await this.#knex('audit_prune_runs').where({ id }).update({
      finished: true,
    });
  }

  /**
   * Says that a prune is recorded. Of those that are, and have removed
   * anything, the one that went furthest is remembered.
   */
  async close(id: string): Promise<void> {
    await this.#knex('audit_prune_runs').where({ id, removed: 0 }).delete();
    await this.#knex('audit_prune_runs').where({ id }).update({
      recorded: true,
    });
    const before = await this.prunedBefore();
    if (before) {
      await this.#knex('audit_prune_runs')
        .where({ recorded: true })
        .where('before', '<', before)
        .delete();
    }
  }

  /** The id before which events have been removed, if any have. */
  async prunedBefore(): Promise<string | undefined> {
    const row = await this.#knex<PruneRunRow>('audit_prune_runs')
      .where({ recorded: true })
      .orderBy('before', 'desc')
      .first();
    return row?.before;
  }

  /**
   * Removes the next events of a prune, in one transaction, with their
   * resources and deliveries. Those that wait for one of some destinations
   * stay, and all that an export reads which runs now.
   *
   * @returns how many events it has looked at, and how many are gone; none of
   * a prune that has come to its end
   */
  async step(options: {
    id: string;
    destinationIds: string[];
    limit: number;
  }): Promise<{ seen: number; removed: number }> {
    const { id, destinationIds, limit } = options;
    return this.#knex.transaction(async tx => {
      const isPostgres = dialectOf(tx) === 'postgres';
      const running = tx<PruneRunRow>('audit_prune_runs')
        .where({ id, finished: false })
        .first();
      // Should another process go on with the same prune, then one after the other.
      const run = await (isPostgres ? running.forUpdate() : running);
      if (!run) {
        return { seen: 0, removed: 0 };
      }
      const query = tx('audit_events')
        .select('id')
        .where('id', '<', await this.#beforeExports(tx, run.before))
        .orderBy('id')
        .limit(limit);
      if (run.after) {
        query.where('id', '>', run.after);
      }
      if (isPostgres) {
        // Nobody may queue one for a destination from here on.
        query.forUpdate();
      }
      const ids: string[] = (await query).map(event => event.id);
      if (ids.length === 0) {
        return { seen: 0, removed: 0 };
      }
      const waiting = await this.#waiting(tx, ids, destinationIds);
      const gone = ids.filter(eventId => !waiting.has(eventId));
      for (const [table, column] of [
        ['audit_deliveries', 'event_id'],
        ['audit_event_aliases', 'event_id'],
        ['audit_event_resources', 'event_id'],
        ['audit_events', 'id'],
      ]) {
        await tx(table).whereIn(column, gone).delete();
      }
      await tx('audit_prune_runs')
        .where({ id })
        .update({
          after: ids[ids.length - 1],
          removed: tx.raw('removed + ?', [gone.length]),
          held: tx.raw('held + ?', [waiting.size]),
        });
      return { seen: ids.length, removed: gone.length };
    });
  }

  /**
   * Exports for which events before an id are kept, from that on which began
   * first. None holds them for ever; by then it is over, or cannot be complete.
   */
  async holdingExports(
    before: string,
    tx: Knex = this.#knex,
  ): Promise<HoldingExport[]> {
    const rows: { id: string; choice: string; started_at: RowTime }[] =
      await tx('audit_exports')
        .select('id', 'choice', 'started_at')
        .where({ status: 'running' })
        .where('started_at', '>', databaseTime(tx, -EXPORT_LIMITS.totalMs))
        .orderBy('started_at');
    return rows
      .map(({ id, choice, started_at }) => {
        const { filter }: { filter?: AuditEventFilter } = JSON.parse(choice);
        const from = filter?.from ? Date.parse(filter.from) : 0;
        return {
          id,
          startedAt: new Date(started_at),
          from: lowestAuditEventId(from),
        };
      })
      .filter(({ from }) => from < before);
  }

  /**
   * Which of some events are still to be delivered. Nobody sends a dead letter
   * of any other on its way again before the transaction is over.
   */
  async #waiting(
    tx: Knex.Transaction,
    eventIds: string[],
    destinationIds: string[],
  ): Promise<Set<string>> {
    const inState = (states: DeliveryState[]) =>
      tx<{ destination_id: string; event_id: string; state: DeliveryState }>(
        'audit_deliveries',
      )
        .whereIn('event_id', eventIds)
        .whereIn('destination_id', destinationIds)
        .whereIn('state', states);
    const open = await inState(['pending', 'dead']);
    const key = (row: { destination_id: string; event_id: string }) =>
      `${row.event_id} ${row.destination_id}`;
    const givenUp = inState(['dead']);
    if (dialectOf(tx) === 'postgres') {
      // What somebody sends again at this moment is left out, and so waits.
      givenUp.forUpdate().skipLocked();
    }
    const stillDead = new Set((await givenUp).map(key));
    return new Set(
      open
        .filter(row => !stillDead.has(key(row)))
        .map(({ event_id }) => event_id),
    );
  }

  /** The id before which no export reads that runs, or another one before that. */
  async #beforeExports(tx: Knex.Transaction, before: string): Promise<string> {
    return (await this.holdingExports(before, tx))
      .map(({ from }) => from)
      .reduce((first, id) => (id < first ? id : first), before);
  }

  /** The first of the newest `count` events, if there are more than these. */
  async firstOfNewest(count: number): Promise<string | undefined> {
    const row = await this.#knex('audit_events')
      .select('id')
      .orderBy('id', 'desc')
      .offset(count - 1)
      .first();
    return row?.id;
  }

  /** Forgets what destinations took in hours before a time. */
  async forgetHours(before: Date): Promise<void> {
    await this.#knex('audit_destination_hours')
      .where('hour', '<', before)
      .delete();
  }
}
