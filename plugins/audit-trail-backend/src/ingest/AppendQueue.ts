import { ServiceUnavailableError } from '@backstage/errors';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';

type Append = (events: AuditEvent[]) => Promise<Set<string>>;

interface Waiting {
  events: AuditEvent[];
  resolve(inserted: Set<string>): void;
  reject(error: unknown): void;
}

/** Events of one transaction. */
const MAX_EVENTS_PER_TRANSACTION = 2_000;
/** Events that may wait for the database before callers are turned away. */
const MAX_WAITING_EVENTS = 50_000;
/** A transaction that takes longer keeps nobody else waiting. */
const MAX_TURN_MS = 15_000;

/**
 * Whether a transaction failed for what was in it (PostgreSQL's classes of data
 * exceptions, violated constraints and rollbacks; SQLite's constraints) and not
 * because the database is away.
 */
function isFaultOfData(error: unknown): boolean {
  const code = String((error as { code?: unknown }).code);
  return /^(22|23|40)[0-9A-Z]{3}$|^SQLITE_(CONSTRAINT|TOOBIG|MISMATCH)/.test(
    code,
  );
}

/**
 * Gathers callers that come at once into one transaction: while one is under
 * way, those who come wait together for the next. Nobody waits for a timer,
 * and each is answered after the commit of its own events. A transaction that
 * hangs, as on the connection to a server that is gone, has its turn for some
 * seconds; then the next one begins beside it. If a transaction of several
 * callers fails for what is in it, each is tried alone, so that one caller's
 * events never fail another's.
 */
export class AppendQueue {
  readonly #append: Append;
  #waiting: Waiting[] = [];
  #waitingEvents = 0;
  #running = false;

  constructor(append: Append) {
    this.#append = append;
  }

  /**
   * Appends events; answers with the ids that were not stored before.
   *
   * @throws `ServiceUnavailableError` if too many events wait already
   */
  async append(events: AuditEvent[]): Promise<Set<string>> {
    if (this.#waitingEvents + events.length > MAX_WAITING_EVENTS) {
      throw new ServiceUnavailableError(
        'The database takes events in too slowly; try again later',
      );
    }
    this.#waitingEvents += events.length;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ events, resolve, reject });
      if (!this.#running) {
        this.#run();
      }
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      await this.#takeTurn(this.#appendTogether(this.#takeWaiting()));
    }
    this.#running = false;
  }

  async #takeTurn(turn: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>(resolve => {
      timer = setTimeout(resolve, MAX_TURN_MS);
      timer.unref();
    });
    await Promise.race([turn, limit]);
    clearTimeout(timer);
  }

  #takeWaiting(): Waiting[] {
    let events = 0;
    const end = this.#waiting.findIndex((waiting, index) => {
      events += waiting.events.length;
      return index > 0 && events > MAX_EVENTS_PER_TRANSACTION;
    });
    const group = this.#waiting.splice(
      0,
      end === -1 ? this.#waiting.length : end,
    );
    group.forEach(waiting => {
      this.#waitingEvents -= waiting.events.length;
    });
    return group;
  }

  async #appendTogether(group: Waiting[]): Promise<void> {
    try {
      const inserted = await this.#append(group.flatMap(one => one.events));
      for (const waiting of group) {
        // Of callers with the same event only the first one inserted it.
        const own = waiting.events.filter(({ id }) => inserted.delete(id));
        waiting.resolve(new Set(own.map(({ id }) => id)));
      }
    } catch (error) {
      if (group.length === 1 || !isFaultOfData(error)) {
        group.forEach(waiting => waiting.reject(error));
        return;
      }
      for (const waiting of group) {
        await this.#appendTogether([waiting]);
      }
    }
  }
}
