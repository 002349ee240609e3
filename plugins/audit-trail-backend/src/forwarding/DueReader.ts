import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import type { AuditEventsStore } from '../database/AuditEventsStore';
import { EVERYTHING } from '../database/criteria';
import type {
  DatabaseDeliveryQueue,
  DueDelivery,
} from '../database/forwarding/DatabaseDeliveryQueue';

/** A delivery that is due, and its event. */
export interface Due {
  delivery: DueDelivery;
  event: AuditEvent;
}

/**
 * What is due for longer than this when all is delivered has been overlooked: it
 * was committed later, or the clocks of replicas differ.
 */
export const OVERLOOKED_MS = 10_000;
/** All that is due is looked at so often, */
const LOOK_AT_ALL_MS = 1_000;
/** but takes no more than this part of the time, */
const LOOK_AT_ALL_SHARE = 1 / 100;
/** and less of it if it is not to be expected that anything is found. */
const LOOK_BESIDE_SHARE = 1 / 1_000;

/**
 * What was read ahead is taken for due no longer than this, in milliseconds:
 * meanwhile the destination may have been switched off and on, or the lease lost.
 */
const AHEAD_MS = 1_000;

/** When to look again after a look that began at some time. */
function nextLook(startedAt: number, share: number): number {
  const now = performance.now();
  return now + Math.max(LOOK_AT_ALL_MS, (now - startedAt) / share);
}

/**
 * Reads what is due at a destination. While a call is under way it already
 * reads what comes next, so that the database and the destination do not wait
 * for each other.
 *
 * @remarks
 *
 * As long as full batches are taken one after the other, each is what was read
 * while the one before was under way. All else is asked when that is
 * acknowledged; of what was read ahead only events are used then, which do not
 * change, and one that is no longer due is not sent.
 *
 * PostgreSQL keeps deliveries that are done with among those that wait until it
 * tidies up, which it cannot while somebody's transaction is open, and passes
 * over all of them. So all that is due is looked at about once a second only. In
 * between it looks behind what was delivered last. Once all that was due is
 * delivered it looks for what has become due lately, and beside that whether
 * anything was overlooked, unless it is told so.
 */
export class DueReader {
  readonly #destinationId: string;
  readonly #queue: DatabaseDeliveryQueue;
  readonly #events: AuditEventsStore;
  #ahead: Promise<Due[]> = Promise.resolve([]);
  /** When that was begun, by a clock that nobody sets. */
  #aheadSince = -Infinity;
  /** What was due then has been delivered. */
  #settledAt?: number;
  /** What was due then is being sent, all of it. */
  #sendingAllOf?: number;
  /** All that was due up to this event has been delivered. */
  #settledUpTo?: string;
  /** Up to this event all that was due is being sent. */
  #sendingUpTo?: string;
  /** What it told of last has been taken. */
  #isTaken = false;
  /** Something has been due for longer than what is looked for lately. */
  #overlooked = false;
  /** When all is to be looked at, by a clock that nobody sets, */
  #lookAtAllAt = 0;
  /** and when beside all else, as less is expected of that. */
  #lookBesideAt = 0;

  static create(options: {
    destinationId: string;
    queue: DatabaseDeliveryQueue;
    events: AuditEventsStore;
  }): DueReader {
    return new DueReader(options);
  }

  private constructor(options: Parameters<typeof DueReader.create>[0]) {
    this.#destinationId = options.destinationId;
    this.#queue = options.queue;
    this.#events = options.events;
  }

  /** What is due, in the order of events; what failed alone before goes alone. */
  async next(
    limit: number,
    options: { untriedFirst: boolean },
  ): Promise<Due[]> {
    const startedAt = Date.now();
    const [listed, ahead] = await Promise.all([
      this.#listDue(limit, options),
      this.#takeAhead(),
    ]);
    const end = listed.findIndex(({ attempts }) => attempts > 0);
    const due = end === -1 ? listed : listed.slice(0, Math.max(end, 1));
    this.#sending(due[due.length - 1]?.eventId);
    this.#settledAt = listed.length === 0 ? startedAt : undefined;
    this.#sendingAllOf =
      due.length === listed.length && listed.length < limit
        ? startedAt
        : undefined;
    return this.#withEvents(due, ahead);
  }

  /**
   * A full batch behind one that has been taken, whether that is acknowledged or
   * not. If there is none that is certain to be due, `undefined`: then that must
   * be acknowledged first, and what is due be asked for.
   */
  async following(limit: number): Promise<Due[] | undefined> {
    if (!this.#isTaken || this.#mustLookAtAll) {
      return undefined;
    }
    const due = await this.#ahead;
    if (
      performance.now() - this.#aheadSince > AHEAD_MS ||
      due.length !== limit ||
      due.some(({ delivery }) => delivery.attempts > 0)
    ) {
      return undefined;
    }
    this.#ahead = Promise.resolve([]);
    this.#sending(due[due.length - 1].event.id);
    return due;
  }

  /** Begins to read what comes after some that are being sent. */
  readAhead(limit: number, sending: Due[]): void {
    this.#aheadSince = performance.now();
    // Without it there is just nothing that was read ahead.
    this.#ahead = this.#readBehind(limit, sending).catch(() => []);
  }

  /** Takes note that something was committed long after it became due. */
  expectOverlooked(): void {
    this.#overlooked = true;
  }

  /** Takes note that all it told of last has been taken. */
  taken(): void {
    this.#isTaken = true;
  }

  /** Takes note that all that was taken has been acknowledged. */
  settled(): void {
    if (this.#isTaken) {
      this.#settledAt = this.#sendingAllOf;
      this.#settledUpTo = this.#sendingUpTo;
    }
  }

  /** Whether all that was due when it was last asked has been acknowledged. */
  get isSettled(): boolean {
    return this.#settledAt !== undefined;
  }

  async #listDue(
    limit: number,
    options: { untriedFirst: boolean },
  ): Promise<DueDelivery[]> {
    const some = await this.#listSome(limit, options);
    if (some) {
      return some;
    }
    const startedAt = performance.now();
    // Nothing is known if this fails.
    this.#settledAt = undefined;
    this.#settledUpTo = undefined;
    this.#overlooked = false;
    const all = await this.#queue.listDue(this.#destinationId, limit, options);
    this.#lookAtAllAt = nextLook(startedAt, LOOK_AT_ALL_SHARE);
    return all;
  }

  /** What is due next, if it is known where to look for it. */
  async #listSome(
    limit: number,
    { untriedFirst }: { untriedFirst: boolean },
  ): Promise<DueDelivery[] | undefined> {
    if (this.#overlooked) {
      return undefined;
    }
    if (this.#settledAt !== undefined) {
      const since = new Date(this.#settledAt - OVERLOOKED_MS);
      this.#lookForOverlooked(since);
      return this.#queue.listDueSince(this.#destinationId, since, limit);
    }
    if (
      this.#settledUpTo === undefined ||
      untriedFirst ||
      this.#mustLookAtAll
    ) {
      return undefined;
    }
    const behind = await this.#queue.listDue(this.#destinationId, limit, {
      after: this.#settledUpTo,
    });
    return behind.length === limit ? behind : undefined;
  }

  /** Looks once in a while, beside all else, as that may take its time. */
  async #lookForOverlooked(until: Date): Promise<void> {
    const startedAt = performance.now();
    if (startedAt < this.#lookBesideAt) {
      return;
    }
    this.#lookBesideAt = Infinity;
    try {
      if (await this.#queue.isDueBefore(this.#destinationId, until)) {
        this.#overlooked = true;
      }
    } catch {
      // Whoever reads what is due says that the database is away.
    }
    this.#lookBesideAt = nextLook(startedAt, LOOK_BESIDE_SHARE);
  }

  get #mustLookAtAll(): boolean {
    return this.#overlooked || performance.now() >= this.#lookAtAllAt;
  }

  #sending(upTo: string | undefined): void {
    this.#isTaken = false;
    this.#settledAt = undefined;
    this.#settledUpTo = undefined;
    this.#sendingUpTo = upTo;
    this.#sendingAllOf = undefined;
  }

  async #takeAhead(): Promise<Due[]> {
    const ahead = this.#ahead;
    this.#ahead = Promise.resolve([]);
    return ahead;
  }

  async #readBehind(limit: number, sending: Due[]): Promise<Due[]> {
    const listed = await this.#queue.listDue(this.#destinationId, limit, {
      after: sending[sending.length - 1].event.id,
    });
    return this.#withEvents(listed);
  }

  /** Reads the events of deliveries, but those that are known. */
  async #withEvents(
    deliveries: DueDelivery[],
    known: Due[] = [],
  ): Promise<Due[]> {
    const events = new Map(known.map(({ event }) => [event.id, event]));
    const unknown = deliveries
      .map(({ eventId }) => eventId)
      .filter(id => !events.has(id));
    if (unknown.length > 0) {
      const read = await this.#events.getAll(unknown, EVERYTHING);
      read.forEach(event => events.set(event.id, event));
    }
    // An event and its deliveries go together, so one without it is just gone.
    return deliveries.flatMap(delivery => {
      const event = events.get(delivery.eventId);
      return event ? [{ delivery, event }] : [];
    });
  }
}
