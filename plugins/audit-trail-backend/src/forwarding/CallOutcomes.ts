import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  DeliveryRejectedError,
  DeliveryRetryError,
  DestinationGoneError,
} from 'backstage-plugin-audit-trail-node';
import type { DatabaseDeliveryQueue } from '../database/forwarding/DatabaseDeliveryQueue';
import type { DatabaseDestinationsStore } from '../database/forwarding/DatabaseDestinationsStore';
import type {
  DatabaseDestinationStatusStore,
  DestinationStatus,
  Lease,
} from '../database/forwarding/DatabaseDestinationStatusStore';
import { backOffMs } from './backOff';
import type { Due } from './DueReader';
import { failureReason } from './failureReason';
import type { ForwardingMetrics } from './ForwardingMetrics';
import type { ConfiguredDestination } from './readDestinations';

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

interface CallOutcomesOptions {
  destination: ConfiguredDestination;
  destinations: DatabaseDestinationsStore;
  logger: LoggerService;
  metrics: ForwardingMetrics;
  queue: DatabaseDeliveryQueue;
  /** Replaces the secrets in what a destination says. */
  redactText(text: string): string;
  status: DatabaseDestinationStatusStore;
}

/** How long a destination asks to wait, in milliseconds. */
function retryAfterOf(error: unknown): number {
  const asked = error instanceof DeliveryRetryError && error.retryAfterMs;
  return asked && asked > 0 ? Math.min(asked, MAX_RETRY_AFTER_MS) : 0;
}

/**
 * Decides what follows from the outcome of a call to a destination: how many
 * events the next one may have, what is tried again and when, and what is given
 * up.
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
export class CallOutcomes {
  readonly #options: CallOutcomesOptions;
  #batchSize: number;
  #rejectedInARow = 0;
  #aloneInARow = 0;
  /** One of the events up to this one may be why batches failed. */
  #suspectUntil = '';

  static create(options: CallOutcomesOptions): CallOutcomes {
    return new CallOutcomes(options);
  }

  private constructor(options: CallOutcomesOptions) {
    this.#options = options;
    this.#batchSize = options.destination.forwarder.limits.maxEvents;
  }

  /** How many events the next call may have. */
  get batchSize(): number {
    return this.#batchSize;
  }

  /** Takes note that a batch was taken. */
  taken(): void {
    const { maxEvents } = this.#options.destination.forwarder.limits;
    this.#rejectedInARow = 0;
    this.#aloneInARow = 0;
    this.#batchSize = Math.min(2 * this.#batchSize, maxEvents);
  }

  /** Does what follows when a batch was not taken. */
  async failed(
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
