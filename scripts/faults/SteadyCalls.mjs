import { setTimeout as delay } from 'node:timers/promises';

/**
 * Calls something at a steady rate, whether or not what was called before has
 * ended, until it is told to stop.
 */
export class SteadyCalls {
  #call;
  #everyMs;
  #stopped = false;
  #running = new Set();
  #done;
  /** Each that has ended: when it began, how long it took, what it came to. */
  calls = [];

  /** @param {(number: number) => Promise<unknown>} call */
  constructor(everyMs, call) {
    this.#everyMs = everyMs;
    this.#call = call;
    this.#done = this.#run();
  }

  /** Resolves when all calls have ended. */
  async stop() {
    this.#stopped = true;
    await this.#done;
    await Promise.all(this.#running);
  }

  async #run() {
    const start = performance.now();
    for (let number = 0; !this.#stopped; number++) {
      await delay(start + number * this.#everyMs - performance.now());
      const began = performance.now();
      const call = this.#call(number)
        .then(
          () => 'done',
          error => error.message,
        )
        .then(outcome => {
          this.calls.push({ began, ms: performance.now() - began, outcome });
          this.#running.delete(call);
        });
      this.#running.add(call);
    }
  }
}
