import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { DatabaseDeliveryQueue } from '../database/forwarding/DatabaseDeliveryQueue';
import type {
  DatabaseDestinationStatusStore,
  Lease,
} from '../database/forwarding/DatabaseDestinationStatusStore';

/** Pauses before it is tried again: half a minute in all. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000];
/** How often it is noted that a destination takes what is sent. */
const NOTE_MS = 1_000;

interface AcknowledgementsOptions {
  logger: LoggerService;
  queue: DatabaseDeliveryQueue;
  status: DatabaseDestinationStatusStore;
}

/** What a destination has taken, and has not been noted. */
interface Taken {
  delivered: number;
  at: Date;
}

/**
 * Acknowledges what a destination has taken, each batch at once, and notes how
 * it is doing, once a second.
 *
 * @remarks
 *
 * What tells how a destination is doing is one row. Written with each call, it
 * would have so many versions while somebody's transaction is open that reading
 * it takes longer and longer: PostgreSQL can tidy up none of them. What a process
 * has not noted when it is killed is missing from the counts by the hour, and
 * from nothing else.
 */
export class Acknowledgements {
  readonly #options: AcknowledgementsOptions;
  #unnoted?: Taken;
  /** By a clock that nobody sets. */
  #notedAt = -Infinity;

  static create(options: AcknowledgementsOptions): Acknowledgements {
    return new Acknowledgements(options);
  }

  private constructor(options: AcknowledgementsOptions) {
    this.#options = options;
  }

  /**
   * Acknowledges what has been taken. What cannot be acknowledged is sent once
   * more, so it is tried for some time.
   *
   * @param taken - `nextCallAt`: given if it is to be noted at once, as it counts
   * for whoever has the lease next
   * @returns how many deliveries it was
   */
  async acknowledge(
    lease: Lease,
    taken: { eventIds: string[]; nextCallAt?: Date },
  ): Promise<number> {
    for (let failed = 0; ; failed++) {
      try {
        return await this.#acknowledge(lease, taken);
      } catch (error) {
        if (failed === PAUSES_MS.length) {
          throw error;
        }
        this.#options.logger.warn(
          'Could not acknowledge, trying again',
          toError(error),
        );
        await delay(PAUSES_MS[failed]);
      }
    }
  }

  async #acknowledge(
    lease: Lease,
    { eventIds, nextCallAt }: { eventIds: string[]; nextCallAt?: Date },
  ): Promise<number> {
    const { queue, status } = this.#options;
    const at = new Date();
    // One commit for a batch: it is what takes longest in the database.
    const { delivered, unnoted } = await queue.transaction(async tx => {
      const finished = await queue.finish(lease, eventIds, 'delivered', { tx });
      const all = {
        delivered: (this.#unnoted?.delivered ?? 0) + finished,
        at,
      };
      if (!nextCallAt && !this.#isTime) {
        return { delivered: finished, unnoted: all };
      }
      await status.noteSuccess(lease, { ...all, nextCallAt }, tx);
      return { delivered: finished };
    });
    this.#noted(unnoted);
    return delivered;
  }

  /**
   * Notes what has not been noted, unless that was done a moment ago.
   *
   * @param options - `atOnce`: also then
   */
  async note(lease: Lease, options?: { atOnce: boolean }): Promise<void> {
    const unnoted = this.#unnoted;
    if (unnoted && (options?.atOnce || this.#isTime)) {
      await this.#options.status.noteSuccess(lease, unnoted);
      this.#noted();
    }
  }

  get #isTime(): boolean {
    return performance.now() - this.#notedAt >= NOTE_MS;
  }

  #noted(unnoted?: Taken): void {
    this.#unnoted = unnoted;
    if (!unnoted) {
      this.#notedAt = performance.now();
    }
  }
}
