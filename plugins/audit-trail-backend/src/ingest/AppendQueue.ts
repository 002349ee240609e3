import type { AuditEvent } from 'backstage-plugin-audit-trail-common';

type Append = (events: AuditEvent[]) => Promise<Set<string>>;

interface Waiting {
  events: AuditEvent[];
  resolve(inserted: Set<string>): void;
  reject(error: unknown): void;
}

/** Events of one transaction. */
const MAX_EVENTS_PER_TRANSACTION = 2_000;

/**
 * Gathers callers that come at once into one transaction: while one is under
 * way, those who come wait together for the next. Nobody waits for a timer,
 * and each is answered after the commit of its own events. If a transaction
 * of several callers fails, each is tried alone, so that one caller's events
 * never fail another's.
 */
export class AppendQueue {
  readonly #append: Append;
  #waiting: Waiting[] = [];
  #running = false;

  constructor(append: Append) {
    this.#append = append;
  }

  /** Appends events; answers with the ids that were not stored before. */
  async append(events: AuditEvent[]): Promise<Set<string>> {
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
      await this.#appendTogether(this.#takeWaiting());
    }
    this.#running = false;
  }

  #takeWaiting(): Waiting[] {
    let events = 0;
    const end = this.#waiting.findIndex((waiting, index) => {
      events += waiting.events.length;
      return index > 0 && events > MAX_EVENTS_PER_TRANSACTION;
    });
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end);
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
      if (group.length === 1) {
        group[0].reject(error);
        return;
      }
      for (const waiting of group) {
        await this.#appendTogether([waiting]);
      }
    }
  }
}
