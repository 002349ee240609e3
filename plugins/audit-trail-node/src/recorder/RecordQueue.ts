import { ServiceUnavailableError } from '@backstage/errors';
import {
  isRefusal,
  isTooLarge,
  reasonOf,
  refusalOf,
  waitAsked,
} from './callFailure';
import type { PostedEvents } from './TrailClient';

type Post = (events: string[], signal: AbortSignal) => Promise<PostedEvents>;

interface Waiting {
  /** The event as JSON. */
  event: string;
  /** Time after which its caller no longer waits. */
  deadline: number;
  resolve(id: string): void;
  reject(error: Error): void;
}

/** How long a caller waits. */
export const DEADLINE_MS = 5_000;
const MAX_BATCH_EVENTS = 500;
const MAX_BATCH_LENGTH = 1_000_000;
/** Characters that may wait before callers are turned away. */
const MAX_WAITING_LENGTH = 32_000_000;
const RETRY_MS = 100;

/**
 * Gathers events that are recorded at once into one call: while one is under
 * way, those that come wait together for the next. A call that fails for a
 * while is made again until its callers have waited long enough. If one is
 * refused, each of its events is tried alone, so that one plugin's faulty event
 * never fails another one.
 */
export class RecordQueue {
  readonly #post: Post;
  #waiting: Waiting[] = [];
  #waitingLength = 0;
  #running?: Promise<void>;

  static create(options: { post: Post }): RecordQueue {
    return new RecordQueue(options.post);
  }

  private constructor(post: Post) {
    this.#post = post;
  }

  /** Records an event, given as JSON; answers with its id. */
  async add(event: string): Promise<string> {
    if (this.#waitingLength + event.length > MAX_WAITING_LENGTH) {
      throw new ServiceUnavailableError(
        'Too many events wait for the Audit Trail; try again later',
      );
    }
    this.#waitingLength += event.length;
    return new Promise((resolve, reject) => {
      const deadline = Date.now() + DEADLINE_MS;
      this.#waiting.push({ event, deadline, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Waits until no event waits any longer. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // Those of the same turn go together.
    await new Promise(resolve => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      await this.#send(this.#takeWaiting());
    }
    this.#running = undefined;
  }

  #takeWaiting(): Waiting[] {
    let length = 0;
    const end = this.#waiting.findIndex(({ event }, index) => {
      length += event.length;
      return (
        index === MAX_BATCH_EVENTS || (index > 0 && length > MAX_BATCH_LENGTH)
      );
    });
    const batch = this.#waiting.splice(
      0,
      end === -1 ? this.#waiting.length : end,
    );
    batch.forEach(({ event }) => {
      this.#waitingLength -= event.length;
    });
    return batch;
  }

  async #send(batch: Waiting[]): Promise<void> {
    // The first has waited longest.
    const { deadline } = batch[0];
    for (let failures = 0; ; failures++) {
      try {
        const { ids } = await this.#post(
          batch.map(({ event }) => event),
          AbortSignal.timeout(Math.max(deadline - Date.now(), 1)),
        );
        batch.forEach(({ resolve }, index) => resolve(ids[index]));
        return;
      } catch (error) {
        if (isRefusal(error)) {
          await this.#sendApart(batch, error);
          return;
        }
        const delay = waitAsked(error) ?? RETRY_MS * 2 ** failures;
        if (Date.now() + delay >= deadline) {
          const failure = new ServiceUnavailableError(
            `The event could not be recorded in the Audit Trail within ${
              DEADLINE_MS / 1000
            } seconds: ${reasonOf(error)}`,
          );
          batch.forEach(({ reject }) => reject(failure));
          return;
        }
        await new Promise(resolve => setTimeout(resolve, delay));
      }
    }
  }

  async #sendApart(batch: Waiting[], error: unknown): Promise<void> {
    if (batch.length === 1) {
      batch[0].reject(refusalOf(error));
      return;
    }
    const half = Math.ceil(batch.length / 2);
    const parts = isTooLarge(error)
      ? [batch.slice(0, half), batch.slice(half)]
      : batch.map(waiting => [waiting]);
    for (const part of parts) {
      await this.#send(part);
    }
  }
}
