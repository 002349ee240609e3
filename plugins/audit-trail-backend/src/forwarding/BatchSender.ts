import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import {
  DeliveryRejectedError,
  DeliveryRetryError,
  DestinationGoneError,
  type ForwardResult,
} from 'backstage-plugin-audit-trail-node';
import type { AuditEventsStore } from '../database/AuditEventsStore';
import type { DatabaseDeliveryQueue } from '../database/forwarding/DatabaseDeliveryQueue';
import type {
  DatabaseDestinationsStore,
  StoredDestination,
} from '../database/forwarding/DatabaseDestinationsStore';
import type {
  DatabaseDestinationStatusStore,
  DestinationStatus,
  Lease,
} from '../database/forwarding/DatabaseDestinationStatusStore';
import { acknowledge } from './acknowledge';
import { backOffMs } from './backOff';
import { DueReader, type Due } from './DueReader';
import { failureReason } from './failureReason';
import type { ForwardingMetrics } from './ForwardingMetrics';
import type { ConfiguredDestination } from './readDestinations';
import { isRunFailure, recoveryFilter } from './runFailures';

/** A call that takes longer is broken off. */
const CALL_MS = 30_000;
/** Failures of whole batches before single events are tried. */
const FAILURES_BEFORE_SINGLES = 3;
/**
 * Events that are refused one after the other before it is taken for a fault of
 * the destination, such as a wrong address, and nothing is given up any more.
 */
const MAX_REJECTED_IN_A_ROW = 10;
/**
 * Events that fail alone once more, with nothing taken in between, before it is
 * taken for a failure of the destination.
 */
const MAX_ALONE_IN_A_ROW = 2;
/** An event is tried alone so often before it is given up, */
const MIN_TRIES = 3;
/** and so often while nothing else is taken either. */
const MIN_TRIES_WHILE_FAILING = 20;
/** No destination may ask to wait longer, in milliseconds. */
const MAX_RETRY_AFTER_MS = 60 * 60 * 1000;

interface BatchSenderOptions {
  destination: ConfiguredDestination;
  destinations: DatabaseDestinationsStore;
  events: AuditEventsStore;
  logger: LoggerService;
  metrics: ForwardingMetrics;
  queue: DatabaseDeliveryQueue;
  /** Replaces the secrets in what a destination says. */
  redactText(text: string): string;
  status: DatabaseDestinationStatusStore;
}

/** What came of sending the next batch. */
export interface SendOutcome {
  /** Whether there was anything to send. */
  sent: boolean;
  /** How delivering goes now; to be read anew if left out. */
  status?: DestinationStatus;
}

/** How long a destination asks to wait, in milliseconds. */
function retryAfterOf(error: unknown): number {
  const asked = error instanceof DeliveryRetryError && error.retryAfterMs;
  return asked && asked > 0 ? Math.min(asked, MAX_RETRY_AFTER_MS) : 0;
}

/**
 * Sends what is due at a destination, batch by batch, and decides what follows
 * from the outcome of a call.
 *
 * @remarks
 *
 * - Taken: the batch is delivered; the next may be twice as large, up to the
 *   forwarder's limit.
 * - Refused: its first half is tried at once, and so on, until the event that
 *   is refused stands alone and becomes a dead letter.
 * - Failed: everything waits, longer each time. From the third failure on
 *   single events are tried, each time the next one, and larger batches again
 *   once one is taken: if it is one event that the destination cannot bear, it
 *   will stand alone, is kept back by itself, and the others go on. It is only
 *   ever tried alone then, and becomes a dead letter once it has failed for
 *   longer than `giveUpAfter` and was tried some times. What was never tried
 *   alone is never given up. If several fail alone and nothing is taken in
 *   between, it is the destination that fails again, and everything waits.
 * - Gone: the destination is switched off and keeps its queue.
 */
export class BatchSender {
  readonly #options: BatchSenderOptions;
  readonly #reader: DueReader;
  #batchSize: number;
  #rejectedInARow = 0;
  #aloneInARow = 0;
  #isCalling = false;
  /** One of the events up to this one may be why batches failed. */
  #suspectUntil = '';

  static create(options: BatchSenderOptions): BatchSender {
    return new BatchSender(options);
  }

  private constructor(options: BatchSenderOptions) {
    this.#options = options;
    this.#reader = DueReader.create({
      ...options,
      destinationId: options.destination.id,
    });
    this.#batchSize = options.destination.forwarder.limits.maxEvents;
  }

  /**
   * Sends the next batch.
   *
   * @param signal - aborted when the lease is lost, or nothing is to be sent any
   * more
   */
  async sendNext(
    { lease, status }: { lease: Lease; status: DestinationStatus },
    settings: StoredDestination,
    signal: AbortSignal,
  ): Promise<SendOutcome> {
    const { queue } = this.#options;
    const limit = this.#batchSize;
    const due = await this.#reader.next(limit, {
      // Otherwise what it cannot bear would be tried again and again before
      // anything else is.
      untriedFirst: status.failures > 0,
    });
    if (due.length === 0) {
      return { sent: false, status };
    }
    if (due.length === limit && status.failures === 0) {
      this.#reader.readAhead(limit, due);
    }
    const batch: Due[] = [];
    for (const one of due) {
      const reason = await this.#reasonToSkip(one.event, settings);
      if (reason) {
        await queue.finish(lease, [one.event.id], 'skipped', {
          error: reason,
        });
      } else {
        batch.push(one);
      }
    }
    if (batch.length === 0) {
      return { sent: true, status };
    }
    if (signal.aborted || this.#isCalling) {
      // Somebody else may be sending it by now, or a call that was given up
      // goes on regardless.
      return { sent: false };
    }
    return {
      sent: true,
      status: await this.#send(lease, status, batch, signal),
    };
  }

  async #reasonToSkip(
    event: AuditEvent,
    settings: StoredDestination,
  ): Promise<string | undefined> {
    const { destination, events } = this.#options;
    if (settings.holdFailuresMinutes > 0 && isRunFailure(event)) {
      const [success] = await events.list({
        criteria: { filter: recoveryFilter(event) },
        order: 'asc',
        limit: 1,
      });
      if (success) {
        return `A run succeeded at ${success.occurredAt}`;
      }
    }
    return destination.forwarder.skip?.(event);
  }

  async #send(
    lease: Lease,
    status: DestinationStatus,
    batch: Due[],
    signal: AbortSignal,
  ): Promise<DestinationStatus | undefined> {
    const { destination, queue } = this.#options;
    let result: ForwardResult | void;
    this.#isCalling = true;
    try {
      result = await destination.forwarder.forward({
        events: batch.map(({ event }) => event),
        signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]),
      });
    } catch (error) {
      if (signal.aborted) {
        // Broken off by us: nobody's fault, and tried again by whoever is next.
        return undefined;
      }
      await this.#failed(lease, status, batch, error);
      return undefined;
    } finally {
      this.#isCalling = false;
    }
    for (const { eventId, reason } of result?.skipped ?? []) {
      await queue.finish(lease, [eventId], 'skipped', { error: reason });
    }
    // Those that were skipped no longer wait, and stay as they are.
    return this.#delivered(lease, status, batch);
  }

  async #delivered(
    lease: Lease,
    before: DestinationStatus,
    batch: Due[],
  ): Promise<DestinationStatus | undefined> {
    const { destination, metrics } = this.#options;
    const { maxEvents, minIntervalMs = 0 } = destination.forwarder.limits;
    const nextCallAt = new Date(Date.now() + minIntervalMs);
    const ids = batch.map(({ event }) => event.id);
    const { delivered, held } = await acknowledge(this.#options, lease, {
      eventIds: ids,
      nextCallAt,
    });
    metrics.delivered.add(delivered, { destination: destination.id });
    this.#rejectedInARow = 0;
    this.#aloneInARow = 0;
    this.#batchSize = Math.min(2 * this.#batchSize, maxEvents);
    if (!held) {
      return undefined;
    }
    this.#reader.settled();
    return {
      ...before,
      failures: 0,
      failingSince: undefined,
      lastSuccessAt: new Date(),
      nextCallAt,
    };
  }

  async #failed(
    lease: Lease,
    { failures }: DestinationStatus,
    batch: Due[],
    error: unknown,
  ): Promise<void> {
    const { destination, destinations, logger, metrics, status } =
      this.#options;
    const reason = failureReason(error, this.#options.redactText);
    metrics.failed.add(1, { destination: destination.id });
    if (error instanceof DestinationGoneError) {
      logger.error(`The destination wants no more events: ${reason}`);
      await status.noteFailure(lease, { error: reason, nextCallInMs: 0 });
      await destinations.markGone(destination.id);
      return;
    }
    const { minIntervalMs = 0 } = destination.forwarder.limits;
    if (
      error instanceof DeliveryRejectedError &&
      (batch.length > 1 || this.#rejectedInARow < MAX_REJECTED_IN_A_ROW)
    ) {
      await this.#isolate(lease, batch, reason);
      // No failure of the destination: it answers, and takes the others.
      await status.noteRejection(lease, {
        error: reason,
        nextCallInMs: minIntervalMs,
      });
      return;
    }
    const [first] = batch;
    const retryAfterMs = retryAfterOf(error);
    if (batch.length === 1) {
      await this.#keepBack(lease, first, { reason, retryAfterMs, failures });
    } else if (
      failures + 1 >= FAILURES_BEFORE_SINGLES ||
      first.event.id <= this.#suspectUntil
    ) {
      this.#batchSize = 1;
      this.#suspectUntil = batch[batch.length - 1].event.id;
    }
    if (
      failures === 0 &&
      first.delivery.attempts > 0 &&
      retryAfterMs === 0 &&
      this.#aloneInARow < MAX_ALONE_IN_A_ROW
    ) {
      // It failed alone before, and all others went well since.
      this.#aloneInARow++;
      await status.noteRejection(lease, {
        error: reason,
        nextCallInMs: minIntervalMs,
      });
      return;
    }
    const nextCallInMs = Math.max(
      backOffMs(failures + 1),
      retryAfterMs,
      minIntervalMs,
    );
    logger.warn(
      `Could not deliver, trying again in ${Math.ceil(
        nextCallInMs / 1000,
      )} s: ${reason}`,
    );
    await status.noteFailure(lease, { error: reason, nextCallInMs });
  }

  /** Halves a batch that is refused, or gives up the event that is. */
  async #isolate(lease: Lease, batch: Due[], reason: string): Promise<void> {
    if (batch.length > 1) {
      this.#batchSize = Math.ceil(batch.length / 2);
      return;
    }
    this.#rejectedInARow++;
    await this.#bury(lease, batch[0], reason);
  }

  /** Keeps an event back that failed alone, so that others go on. */
  async #keepBack(
    lease: Lease,
    { delivery, event }: Due,
    options: { reason: string; retryAfterMs: number; failures: number },
  ): Promise<void> {
    const { reason, retryAfterMs, failures } = options;
    const { destination, queue } = this.#options;
    const failingMs = delivery.failingSince
      ? Date.now() - delivery.failingSince.getTime()
      : 0;
    const tries = delivery.attempts + 1;
    if (
      failingMs > destination.giveUpAfterMs &&
      tries >= (failures > 0 ? MIN_TRIES_WHILE_FAILING : MIN_TRIES)
    ) {
      await this.#bury(lease, { delivery, event }, reason);
      return;
    }
    await queue.retryLater(lease, event.id, {
      error: reason,
      inMs: Math.max(backOffMs(tries), retryAfterMs),
    });
  }

  async #bury(lease: Lease, { event }: Due, reason: string): Promise<void> {
    const { destination, logger, metrics, queue } = this.#options;
    await queue.finish(lease, [event.id], 'dead', { error: reason });
    metrics.dead.add(1, { destination: destination.id });
    logger.error(`Gave the event ${event.id} up: ${reason}`);
  }
}
