import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RequestHandler } from 'express';

/** What can wait is held up for so long at a time, unless said otherwise, */
const HOLD_MS = 100;
/** and then goes on for so long, whoever waits. */
const RUN_MS = 20;

/**
 * Knows what somebody waits for. Whatever takes its time anyway, as making a file
 * does or sending all that has waited for a destination, gives way to that.
 *
 * @remarks
 *
 * A file that is read as fast as it can be takes up a processor here and another
 * one in the database. While it is held up both are there for others. Since there
 * may always be others, it has a sixth of the time in any case.
 */
export class Foreground {
  #waitedFor = 0;
  #resumedAt = 0;
  readonly #held = new Set<() => void>();

  /** @param isBackground - tells the paths of files */
  constructor(private readonly isBackground: (path: string) => boolean) {}

  /** Takes note of requests. */
  readonly watch: RequestHandler = (request, response, next) => {
    if (!this.isBackground(request.path)) {
      response.once('close', this.begin());
    }
    next();
  };

  /**
   * Takes note of something that somebody waits for.
   *
   * @returns what to call at its end; more than once does no harm
   */
  begin(): () => void {
    let ended = false;
    this.#waitedFor++;
    return () => {
      if (ended) {
        return;
      }
      ended = true;
      this.#waitedFor--;
      if (this.#waitedFor === 0) {
        this.#held.forEach(resume => resume());
      }
    };
  }

  /** Resolves when what can wait may go on; never at once. */
  readonly giveWay = async (holdMs: number = HOLD_MS): Promise<void> => {
    await nextTurn();
    if (this.#waitedFor === 0 || Date.now() - this.#resumedAt < RUN_MS) {
      return;
    }
    let resume = () => {};
    const resumed = new Promise<void>(resolve => {
      resume = resolve;
    });
    this.#held.add(resume);
    const timer = setTimeout(resume, holdMs);
    await resumed;
    clearTimeout(timer);
    this.#held.delete(resume);
    this.#resumedAt = Date.now();
  };
}
