import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import type { ForwardResult } from 'backstage-plugin-audit-trail-node';
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
import type { Foreground } from '../foreground/Foreground';
import { Acknowledgements } from './Acknowledgements';
import { CallOutcomes } from './CallOutcomes';
import { DueReader, type Due } from './DueReader';
import type { ForwardingMetrics } from './ForwardingMetrics';
import type { ConfiguredDestination } from './readDestinations';
import { isRunFailure, recoveryFilter } from './runFailures';

/** A call that takes longer is broken off. */
const CALL_MS = 30_000;
/** What has waited is held up for so long at a time, in milliseconds. */
const HOLD_MS = 40;

interface BatchSenderOptions {
  destination: ConfiguredDestination;
  destinations: DatabaseDestinationsStore;
  events: AuditEventsStore;
  /** To which sending what has waited gives way. */
  foreground: Foreground;
  logger: LoggerService;
  metrics: ForwardingMetrics;
  queue: DatabaseDeliveryQueue;
  /** Replaces the secrets in what a destination says. */
  redactText(text: string): string;
  status: DatabaseDestinationStatusStore;
}

/** What came of sending the next batch. */
export interface SendOutcome {
  /** Whether more may be due already. */
  more: boolean;
  /** How delivering goes now; to be read anew if left out. */
  status?: DestinationStatus;
}

/**
 * Sends what is due at a destination, batch by batch. What follows from the
 * outcome of a call is left to {@link CallOutcomes}.
 */
export class BatchSender {
  readonly #options: BatchSenderOptions;
  readonly #acknowledgements: Acknowledgements;
  readonly #reader: DueReader;
  readonly #outcomes: CallOutcomes;
  #isCalling = false;
  /** Whether more waits than goes into a call. */
  #isCatchingUp = false;

  static create(options: BatchSenderOptions): BatchSender {
    return new BatchSender(options);
  }

  private constructor(options: BatchSenderOptions) {
    this.#options = options;
    this.#acknowledgements = Acknowledgements.create(options);
    this.#reader = DueReader.create({
      ...options,
      destinationId: options.destination.id,
    });
    this.#outcomes = CallOutcomes.create(options);
  }

  /**
   * Sends the next batch.
   *
   * @param signal - aborted when the lease is lost, or nothing is to be sent any
   * more
   */
  async sendNext(
    held: { lease: Lease; status: DestinationStatus },
    settings: StoredDestination,
    signal: AbortSignal,
  ): Promise<SendOutcome> {
    const { foreground } = this.#options;
    if (this.#isCatchingUp) {
      await foreground.giveWay(HOLD_MS);
      return this.#sendDue(held, settings, { signal, onItsWay: () => {} });
    }
    // What is news is waited for until it is on its way.
    const onItsWay = foreground.begin();
    try {
      return await this.#sendDue(held, settings, { signal, onItsWay });
    } finally {
      onItsWay();
    }
  }

  /** Takes note that something was committed long after it became due. */
  expectOverlooked(): void {
    this.#reader.expectOverlooked();
  }

  /**
   * Notes what the destination has taken, unless that was done a moment ago.
   *
   * @param options - `atOnce`: also then
   */
  async note(lease: Lease, options?: { atOnce: boolean }): Promise<void> {
    await this.#acknowledgements.note(lease, options);
  }

  async #sendDue(
    { lease, status }: { lease: Lease; status: DestinationStatus },
    settings: StoredDestination,
    call: { signal: AbortSignal; onItsWay(): void },
  ): Promise<SendOutcome> {
    const { queue } = this.#options;
    const limit = this.#outcomes.batchSize;
    const due = await this.#reader.next(limit, {
      // Otherwise what it cannot bear would be tried again and again before
      // anything else is.
      untriedFirst: status.failures > 0,
    });
    this.#isCatchingUp = due.length === limit;
    if (due.length === 0) {
      return { more: false, status };
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
      return { more: true, status };
    }
    if (call.signal.aborted || this.#isCalling) {
      // Somebody else may be sending it by now, or a call that was given up
      // goes on regardless.
      return { more: false };
    }
    const now = await this.#send(lease, status, batch, call);
    return { more: !this.#reader.isSettled, status: now };
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
    { signal, onItsWay }: { signal: AbortSignal; onItsWay(): void },
  ): Promise<DestinationStatus | undefined> {
    const { destination, queue } = this.#options;
    let result: ForwardResult | void;
    this.#isCalling = true;
    try {
      const answer = destination.forwarder.forward({
        events: batch.map(({ event }) => event),
        signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]),
      });
      onItsWay();
      result = await answer;
    } catch (error) {
      if (signal.aborted) {
        // Broken off by us: nobody's fault, and tried again by whoever is next.
        return undefined;
      }
      await this.note(lease, { atOnce: true });
      await this.#outcomes.failed(lease, status, batch, error);
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
    const { minIntervalMs = 0 } = destination.forwarder.limits;
    const now = new Date();
    const nextCallAt = new Date(now.getTime() + minIntervalMs);
    const delivered = await this.#acknowledgements.acknowledge(lease, {
      eventIds: batch.map(({ event }) => event.id),
      ...((minIntervalMs > 0 || before.failures > 0) && { nextCallAt }),
    });
    metrics.delivered.add(delivered, { destination: destination.id });
    this.#outcomes.taken();
    if (delivered < batch.length) {
      // The lease is lost, or some were skipped: it is asked which.
      return undefined;
    }
    this.#reader.settled();
    return {
      ...before,
      failures: 0,
      failingSince: undefined,
      lastSuccessAt: now,
      nextCallAt,
    };
  }
}
