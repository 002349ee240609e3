import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
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
import { BatchSender } from './BatchSender';
import type { QueuedSignal } from './DeliverySignals';
import type { DestinationAlarm } from './DestinationAlarm';
import { dropSome } from './dropQueue';
import type { ForwardingMetrics } from './ForwardingMetrics';
import type { ConfiguredDestination } from './readDestinations';
import { Waker } from './Waker';

/** Nothing waits longer than this for a look at the queue. */
const POLL_MS = 1_000;
/** How long a replica that is gone keeps its destinations. */
const LEASE_MS = 10_000;
/** How often the lease is renewed during a turn, */
const RENEW_MS = 2_000;
/** and how often in a row without an answer, before it must be taken for lost. */
const MAX_UNANSWERED = 2;
/** How long the database may take at the end, after calls were broken off. */
const LAST_WORDS_MS = 3_000;
/**
 * A turn that takes longer waits for a database that has gone without a word.
 * Longer than the longest call and its statements, in milliseconds.
 */
const TURN_MS = 3 * 60 * 1000;
/** Earlier events that are queued at a time, */
const BACKFILL_EVENTS = 1_000;
/** and that are looked at. */
const BACKFILL_LOOK = 20_000;

/** What a worker works with. */
export interface DestinationWorkerOptions {
  destination: ConfiguredDestination;
  /** Who this is, other than every other worker on any replica. */
  holder: string;
  alarm: DestinationAlarm;
  destinations: DatabaseDestinationsStore;
  events: AuditEventsStore;
  foreground: Foreground;
  logger: LoggerService;
  metrics: ForwardingMetrics;
  queue: DatabaseDeliveryQueue;
  /** Replaces the secrets in what a destination says. */
  redactText(text: string): string;
  status: DatabaseDestinationStatusStore;
}

/** The lease of this worker, and what it knows of the destination by it. */
interface Held {
  lease: Lease;
  status: DestinationStatus;
}

/** Milliseconds until a call may be made. */
const untilNextCall = ({ nextCallAt }: DestinationStatus) =>
  nextCallAt ? nextCallAt.getTime() - Date.now() : 0;

/**
 * Delivers to one destination, on one replica at a time.
 *
 * @remarks
 *
 * Each replica runs one worker for each destination. A worker is in one of
 * these states:
 *
 * 1. _without the lease_: another replica delivers. It asks for the lease once
 *    a second, and gets it when the holder gives it back or has not renewed it
 *    for ten seconds (killed, cut off).
 * 2. _idle_: it has the lease, and nothing is due. It sleeps until something is
 *    queued, at most a second.
 * 3. _calling_: a batch is on its way, in the order of event ids. One call at a
 *    time, so that order is kept as well as retries allow. While more waits than
 *    goes into a call, the batch before is acknowledged meanwhile.
 * 4. _waiting_: a call failed; it backs off, or does what `Retry-After` says.
 *
 * The lease is renewed as long as a turn takes. A worker that gets no answer, or
 * learns that it has lost it, breaks its call off.
 *
 * Contract: every delivery that was queued is delivered at least once, or stays
 * as a dead letter with its reason. A delivery is acknowledged after the
 * destination has taken it, in a statement that counts only while the lease
 * holds, and tried for half a minute. So events of one batch, or of two while
 * more wait, arrive twice, with the same ids, if this process or its database is
 * gone for longer between the two, or if it breaks off a call that the destination
 * had taken: after its time, at its own end, or when it may have lost the lease.
 */
export class DestinationWorker {
  readonly #options: DestinationWorkerOptions;
  readonly #sender: BatchSender;
  readonly #waker = new Waker();
  readonly #abort = new AbortController();
  #lease?: Lease;
  /** What needs not be asked for again until some time. */
  #known?: Held & { until: number };
  #done?: Promise<void>;
  #stopping = false;

  static create(options: DestinationWorkerOptions): DestinationWorker {
    return new DestinationWorker(options);
  }

  private constructor(options: DestinationWorkerOptions) {
    this.#options = options;
    this.#sender = BatchSender.create(options);
  }

  /** Works from now on. */
  start(): void {
    this.#done = this.#run();
  }

  /** Tells that something may be due. */
  wake({ late }: QueuedSignal): void {
    if (late) {
      this.#sender.expectOverlooked();
    }
    this.#waker.wake();
  }

  /**
   * Stops after the call that is under way, which is broken off after some
   * time, and gives the lease back.
   */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    this.#waker.wake();
    const timer = setTimeout(() => this.#abort.abort(), graceMs);
    await Promise.race([
      this.#done,
      delay(graceMs + LAST_WORDS_MS, undefined, { ref: false }),
    ]);
    clearTimeout(timer);
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      let pauseMs = POLL_MS;
      try {
        pauseMs = await this.#inTime(turn => this.#turn(turn));
      } catch (error) {
        // The database is away, or it is a fault of ours. Both are tried anew.
        this.#options.logger.error('Forwarding came to a halt', toError(error));
      }
      if (!this.#stopping) {
        await this.#waker.sleep(pauseMs);
      }
    }
    if (this.#lease) {
      await this.#sender.note(this.#lease, { atOnce: true }).catch(() => {});
      await this.#options.status.release(this.#lease).catch(() => {});
    }
  }

  /** Goes on without a turn that does not come to its end. */
  async #inTime(
    work: (turn: AbortController) => Promise<number>,
  ): Promise<number> {
    // Not by `AbortSignal.any`: what outlives the turn would remember each.
    const turn = new AbortController();
    const end = () => turn.abort();
    const { signal: ended } = this.#abort;
    ended.addEventListener('abort', end);
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        turn.abort();
        reject(new Error('The database does not answer'));
      }, TURN_MS);
    });
    try {
      return await Promise.race([work(turn), tooLate]);
    } finally {
      clearTimeout(timer);
      ended.removeEventListener('abort', end);
    }
  }

  /** Does what is to be done; tells how long to sleep then, at most. */
  async #turn(turn: AbortController): Promise<number> {
    const { destination, destinations } = this.#options;
    const [held, settings] = await Promise.all([
      this.#hold(),
      destinations.get(destination.id),
    ]);
    if (!held || !settings) {
      return POLL_MS;
    }
    return this.#renewing(held.lease, turn, async () => {
      const pauseMs = await this.#work(held, settings, turn.signal);
      if (pauseMs > 0) {
        await this.#sender.note(held.lease);
      }
      return pauseMs;
    });
  }

  async #work(
    held: Held & { until: number },
    settings: StoredDestination,
    signal: AbortSignal,
  ): Promise<number> {
    const { destination, alarm } = this.#options;
    if (!settings.enabled) {
      // What was not dropped when it was switched off, or came at that moment.
      const more = await dropSome(this.#options.queue, destination.id);
      return more ? 0 : POLL_MS;
    }
    await alarm.check(destination, held.status, settings);
    if (settings.gone) {
      return POLL_MS;
    }
    const more = settings.backfill
      ? await this.#options.queue.backfill(destination.id, {
          after: settings.backfill.after,
          criteria: { filter: settings.filter },
          limit: BACKFILL_EVENTS,
          look: BACKFILL_LOOK,
        })
      : false;
    if (settings.paused) {
      return more ? 0 : POLL_MS;
    }
    const waitMs = untilNextCall(held.status);
    if (waitMs > 0) {
      return Math.min(waitMs, POLL_MS);
    }
    const { more: mayBeMore, status } = await this.#sender.sendNext(
      held,
      settings,
      signal,
    );
    // After a failure all of it is asked anew.
    this.#known =
      status?.failures === 0
        ? { until: held.until, lease: held.lease, status }
        : undefined;
    return mayBeMore || more ? 0 : POLL_MS;
  }

  /** Takes or renews the lease, unless that was done a moment ago. */
  async #hold(): Promise<(Held & { until: number }) | undefined> {
    const { destination, status, holder } = this.#options;
    const known = this.#known;
    this.#known = undefined;
    // By a clock that nobody sets.
    const now = performance.now();
    if (known && now < known.until) {
      return known;
    }
    const held = await status.hold({
      destinationId: destination.id,
      holder,
      forMs: LEASE_MS,
    });
    this.#lease = held?.lease;
    return held && { ...held, until: now + RENEW_MS };
  }

  /**
   * Does something that may take longer than the lease. The turn is aborted when
   * the lease is lost, or will be, as the database does not answer.
   */
  async #renewing<T>(
    lease: Lease,
    turn: AbortController,
    work: () => Promise<T>,
  ): Promise<T> {
    const { status, logger } = this.#options;
    // Not by a clock: if this process stood still, it is asked first.
    let unanswered = 0;
    const timer = setInterval(async () => {
      unanswered++;
      if (unanswered > MAX_UNANSWERED) {
        turn.abort();
      }
      try {
        if (await status.renew(lease, LEASE_MS)) {
          unanswered = 0;
        } else {
          turn.abort();
        }
      } catch (error) {
        logger.warn('Could not renew the lease', toError(error));
      }
    }, RENEW_MS);
    // Also of a turn that nobody waits for any more.
    turn.signal.addEventListener('abort', () => clearInterval(timer));
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }
}
