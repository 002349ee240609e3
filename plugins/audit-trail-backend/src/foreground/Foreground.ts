import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RequestHandler } from 'express';

/** A file is held up for so long at a time, */
const HOLD_MS = 100;
/** and then goes on for so long, whoever waits. */
const RUN_MS = 20;

/**
 * Knows the requests that somebody waits for. Whoever makes a file, which takes
 * its time anyway, gives way to them.
 *
 * @remarks
 *
 * A file that is read as fast as it can be takes up a processor here and another
 * one in the database. While it is held up both are there for others. Since there
 * may always be others, it has a sixth of the time in any case.
 */
export class Foreground {
  #requests = 0;
  #resumedAt = 0;
  readonly #held = new Set<() => void>();

  /** @param isBackground - tells the paths of files */
  constructor(private readonly isBackground: (path: string) => boolean) {}

  /** Takes note of requests. */
  readonly watch: RequestHandler = (request, response, next) => {
    if (!this.isBackground(request.path)) {
      this.#requests++;
      response.once('close', () => {
        this.#requests--;
        if (this.#requests === 0) {
          this.#held.forEach(resume => resume());
        }
      });
    }
    next();
  };

  /** Resolves when a file may go on; never at once. */
  readonly giveWay = async (): Promise<void> => {
    await nextTurn();
    if (this.#requests === 0 || Date.now() - this.#resumedAt < RUN_MS) {
      return;
    }
    let resume = () => {};
    const resumed = new Promise<void>(resolve => {
      resume = resolve;
    });
    this.#held.add(resume);
    const timer = setTimeout(resume, HOLD_MS);
    await resumed;
    clearTimeout(timer);
    this.#held.delete(resume);
    this.#resumedAt = Date.now();
  };
}
