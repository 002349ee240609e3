import { setTimeout as delay } from 'node:timers/promises';
import { ingestBatch } from '../bench/ingestBatch.mjs';
import { summarise } from '../bench/measure.mjs';

export const EVENTS_PER_SECOND = 200;

/** Records events at a steady rate, one a call, until it is told to stop. */
export class SteadyIntake {
  #options;
  #stopped = false;
  #calls = new Set();
  #done;
  /** When each event was answered, by id. */
  answered = new Map();
  failed = 0;

  constructor(options) {
    this.#options = options;
    this.#done = this.#run();
  }

  async stop() {
    this.#stopped = true;
    await this.#done;
    await Promise.all(this.#calls);
  }

  async #run() {
    const { service, workspace, activities } = this.#options;
    const start = performance.now();
    for (let n = 0; !this.#stopped; n++) {
      await delay(start + (n * 1000) / EVENTS_PER_SECOND - performance.now());
      const body = ingestBatch({ workspace, activities, size: 1 });
      const call = service
        .post('/events', body)
        .then(({ ids: [id] }) => this.answered.set(id, performance.now()))
        .catch(() => this.failed++)
        .finally(() => this.#calls.delete(call));
      this.#calls.add(call);
    }
  }
}

/** How long what was answered in some time took to the receiver. */
export function latency({ answered }, receiver, from, to) {
  return summarise(
    [...answered]
      .filter(([, at]) => at >= from && at < to)
      .map(([id, at]) => Math.max(0, (receiver.times.get(id) ?? to) - at)),
  );
}
