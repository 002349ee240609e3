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
 *
 * @remarks
 *
 * While more waits than goes into a call, one is made as soon as the one before
 * was taken, and that is acknowledged meanwhile. At most one batch waits for
 * that: before another is acknowledged, or a failure is noted, it is. All else
 * is acknowledged before anything else is done.
 */
export class BatchSender {
  readonly #options: BatchSenderOptions;
  readonly #acknowledgements: Acknowledgements;
  readonly #reader: DueReader;
  readonly #outcomes: CallOutcomes;
  /** Whether all that was taken is acknowledged, until it is known. */
  #acknowledging?: Promise<boolean>;
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
    // Which may note it, too; what came of it is for what is sent next.
    await this.#acknowledging?.catch(() => {});
    await this.#acknowledgements.note(lease, options);
  }

  async #sendDue(
    { lease, status }: { lease: Lease; status: DestinationStatus },
    settings: StoredDestination,
    call: { signal: AbortSignal; onItsWay(): void },
  ): Promise<SendOutcome> {
    const { queue } = this.#options;
    const limit = this.#outcomes.batchSize;
    const due = await this.#nextDue(limit, status);
    if (!due) {
      return { more: true };
    }
    this.#isCatchingUp = due.length === limit;
    if (due.length === 0) {
      return { more: false, status };
    }
    if (this.#isCatchingUp && status.failures === 0) {
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

  /** What is to be sent next; `undefined` if the lease may be lost. */
  async #nextDue(
    limit: number,
    status: DestinationStatus,
  ): Promise<Due[] | undefined> {
    if (this.#acknowledging) {
      const due = await this.#reader.following(limit);
      if (due) {
        return due;
      }
      if (!(await this.#acknowledged())) {
        return undefined;
      }
    }
    return this.#reader.next(limit, {
      // Otherwise what it cannot bear would be tried again and again before
      // anything else is.
      untriedFirst: status.failures > 0,
    });
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
      await this.#acknowledged();
      await this.note(lease, { atOnce: true });
      await this.#outcomes.failed(lease, status, batch, error);
      return undefined;
    } finally {
      this.#isCalling = false;
    }
    const skipped = result?.skipped ?? [];
    for (const { eventId, reason } of skipped) {
      await queue.finish(lease, [eventId], 'skipped', { error: reason });
    }
    return this.#taken(lease, status, {
      batch,
      // Those that were skipped no longer wait, and stay as they are.
      isWhole: skipped.length === 0,
    });
  }

  async #taken(
    lease: Lease,
    status: DestinationStatus,
    { batch, isWhole }: { batch: Due[]; isWhole: boolean },
  ): Promise<DestinationStatus | undefined> {
    const { minIntervalMs = 0 } = this.#options.destination.forwarder.limits;
    const isAllAcknowledged = await this.#acknowledged();
    this.#reader.taken();
    this.#outcomes.taken();
    const now = new Date();
    const nextCallAt = new Date(now.getTime() + minIntervalMs);
    const mustBeKnown = minIntervalMs > 0 || status.failures > 0;
    this.#acknowledge(lease, batch, mustBeKnown ? nextCallAt : undefined);
    const mustWait = !this.#isCatchingUp || mustBeKnown || !isWhole;
    if ((mustWait && !(await this.#acknowledged())) || !isAllAcknowledged) {
      return undefined;
    }
    return {
      ...status,
      failures: 0,
      failingSince: undefined,
      lastSuccessAt: now,
      nextCallAt,
    };
  }

  /** Begins to acknowledge a batch; it goes on, or is to be waited for. */
  #acknowledge(lease: Lease, batch: Due[], nextCallAt?: Date): void {
    const { destination, metrics } = this.#options;
    const acknowledge = async () => {
      const delivered = await this.#acknowledgements.acknowledge(lease, {
        eventIds: batch.map(({ event }) => event.id),
        nextCallAt,
      });
      metrics.delivered.add(delivered, { destination: destination.id });
      return delivered === batch.length;
    };
    this.#acknowledging = acknowledge();
    // Whoever waits for it is told, and nobody need be waiting yet.
    this.#acknowledging.catch(() => {});
  }

  /**
   * Waits until what was taken is acknowledged.
   *
   * @returns whether all of it is; otherwise the lease is lost, or some of it no
   * longer waited
   */
  async #acknowledged(): Promise<boolean> {
    const acknowledging = this.#acknowledging;
    this.#acknowledging = undefined;
    if (!acknowledging) {
      return true;
    }
    const isAll = await acknowledging;
    if (isAll) {
      this.#reader.settled();
    }
    return isAll;
  }
}
