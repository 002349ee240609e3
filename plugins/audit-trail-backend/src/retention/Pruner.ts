import { randomUUID } from 'node:crypto';
import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { MetricsServiceCounter } from '@backstage/backend-plugin-api/alpha';
import { auditEventIdTime, lowestAuditEventId } from '../database/auditEventId';
import type {
  DatabaseRetentionStore,
  PruneRun,
} from '../database/DatabaseRetentionStore';
import { EXPORT_LIMITS } from '../database/exporting/exportLimits';
import type { IngestService } from '../ingest/IngestService';
import { TRAIL_ORIGIN, TRAIL_RESOURCE } from '../ingest/trailOrigin';
import type { Retention } from './readRetention';

/** Events of one transaction. */
const STEP = 500;
/** How long others have the database to themselves between two. */
const PAUSE_MS = 20;
/** From one prune that has removed anything to the next. */
const INTERVAL_MS = 60 * 60_000;
/** Whoever operates the portal is told of an export that holds events so long. */
const HELD_TOO_LONG_MS = 60 * 60_000;

/**
 * Removes events that have been kept long enough.
 *
 * @remarks
 *
 * One replica at a time does it, in short transactions with pauses between
 * them, from the oldest event on. What has not been delivered stays until it is
 * delivered or given up. How far it has come is written down in the transaction
 * that removes: whoever goes on after a crash goes on there, and the number in
 * the event that tells of a prune is right.
 */
export class Pruner {
  readonly #destinationIds: string[];
  readonly #ingest: IngestService;
  readonly #logger: LoggerService;
  readonly #pruned: MetricsServiceCounter;
  readonly #retention: Retention;
  readonly #store: DatabaseRetentionStore;
  /** Exports of which has been told that events wait for them. */
  #told = new Set<string>();

  static create(options: {
    /** Destinations for which events may wait. */
    destinationIds: string[];
    ingest: IngestService;
    logger: LoggerService;
    pruned: MetricsServiceCounter;
    retention: Retention;
    store: DatabaseRetentionStore;
  }): Pruner {
    return new Pruner(options);
  }

  private constructor(options: Parameters<typeof Pruner.create>[0]) {
    this.#destinationIds = options.destinationIds;
    this.#ingest = options.ingest;
    this.#logger = options.logger;
    this.#pruned = options.pruned;
    this.#retention = options.retention;
    this.#store = options.store;
  }

  /** Prunes from now on, each hour. */
  async start(scheduler: SchedulerService): Promise<void> {
    const { maxAgeMs, maxEvents } = this.#retention;
    if (maxAgeMs === undefined && maxEvents === undefined) {
      return;
    }
    await scheduler.scheduleTask({
      id: 'audit-trail-prune',
      // Also goes on with one whose process has ended, so it comes often, and
      // gives up its turn after a while.
      frequency: { minutes: 1 },
      timeout: { minutes: 2 },
      initialDelay: { minutes: 1 },
      fn: async signal => this.#pruneIfDue(signal),
    });
  }

  /** Removes what has been kept long enough, until it is told to stop. */
  async prune(signal?: AbortSignal): Promise<void> {
    // First to its end what another one has begun.
    let run = await this.#store.run();
    if (run) {
      await this.#goOn(run, signal);
    }
    const before = await this.#bound();
    if (before && !signal?.aborted) {
      await this.#store.begin({
        id: randomUUID(),
        startedAt: new Date(),
        before,
      });
      run = await this.#store.run();
      await this.#goOn(run!, signal);
      await this.#warnOfExports(before);
    }
    if (this.#retention.maxAgeMs !== undefined) {
      await this.#store.forgetHours(
        new Date(Date.now() - this.#retention.maxAgeMs),
      );
    }
  }

  async #pruneIfDue(signal: AbortSignal): Promise<void> {
    const isUnderWay = (await this.#store.run()) !== undefined;
    const last = await this.#store.lastStartedAt();
    if (isUnderWay || !last || last.getTime() <= Date.now() - INTERVAL_MS) {
      await this.prune(signal);
    }
  }

  /** The id before which events go. */
  async #bound(): Promise<string | undefined> {
    const { maxAgeMs, maxEvents } = this.#retention;
    const bounds = [
      maxAgeMs !== undefined && lowestAuditEventId(Date.now() - maxAgeMs),
      maxEvents !== undefined && (await this.#store.firstOfNewest(maxEvents)),
    ].filter((bound): bound is string => Boolean(bound));
    return bounds.sort().pop();
  }

  /** Tells of exports that keep events for longer than usual, once of each. */
  async #warnOfExports(before: string): Promise<void> {
    const late = (await this.#store.holdingExports(before)).filter(
      ({ startedAt }) => startedAt.getTime() < Date.now() - HELD_TOO_LONG_MS,
    );
    for (const { id, startedAt } of late) {
      if (!this.#told.has(id)) {
        const since = startedAt.toISOString();
        const hours = EXPORT_LIMITS.totalMs / 3_600_000;
        this.#logger.warn(
          `Events that have been kept long enough stay for export ${id}, which runs since ${since}; it is ended ${hours} hours after that`,
        );
      }
    }
    this.#told = new Set(late.map(({ id }) => id));
  }

  async #goOn(run: PruneRun, signal?: AbortSignal): Promise<void> {
    while (!run.finished) {
      if (signal?.aborted) {
        return;
      }
      const step = await this.#store.step({
        id: run.id,
        destinationIds: this.#destinationIds,
        limit: STEP,
      });
      this.#pruned.add(step.removed);
      if (step.seen < STEP) {
        break;
      }
      await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
    }
    // From here on the number does not change, so that the event of it is the
    // same whoever records it.
    await this.#store.finish(run.id);
    const finished = await this.#store.run();
    if (finished?.id !== run.id) {
      // Somebody else has recorded it.
      return;
    }
    await this.#record(finished);
    await this.#store.close(run.id);
    if (finished.removed > 0) {
      this.#logger.info(`Pruned ${finished.removed} audit events`);
    }
  }

  /** Tells in the trail what is no longer in it. */
  async #record(run: PruneRun): Promise<void> {
    if (run.removed === 0) {
      return;
    }
    await this.#ingest.ingest({
      events: [
        {
          place: 'prune',
          event: {
            sourceEventId: run.id,
            type: 'audit-trail.pruned',
            occurredAt: run.startedAt.toISOString(),
            severity: 'medium',
            actor: { type: 'system', id: TRAIL_ORIGIN.source },
            resource: TRAIL_RESOURCE,
            details: {
              count: run.removed,
              before: new Date(auditEventIdTime(run.before)).toISOString(),
              ...(run.held > 0 && { undelivered: run.held }),
            },
          },
        },
      ],
      origin: TRAIL_ORIGIN,
      resendable: false,
    });
  }
}
