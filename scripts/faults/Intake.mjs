import { appendFileSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { TrailClient } from '../bench/client.mjs';
import { ingestBatch } from '../bench/ingestBatch.mjs';

const CLIENTS = 4;
const EVENTS_PER_POST = 50;
const TIMEOUT_MS = 15_000;
const PAUSE_MS = 100;

const timeout = async () => {
  await delay(TIMEOUT_MS);
  throw new Error('no answer in time');
};

/**
 * Clients that record events and, until they are told that a batch is
 * recorded, send it again to whichever process runs. The ids that they are
 * told go to a file at once. They record no more events than are `allowed()` so
 * far, so that there is something to do until the last kill.
 */
export class Intake {
  #options;
  #left;
  /** Events that were acknowledged. */
  acknowledged = 0;
  /** Posts that failed and were sent again. */
  repeated = 0;
  /** Events that had been recorded when their batch was sent again. */
  known = 0;
  done = false;

  constructor(options) {
    this.#options = options;
    this.#left = options.events;
  }

  /** Resolves when all is acknowledged. */
  async run() {
    await Promise.all(Array.from({ length: CLIENTS }, () => this.#client()));
    this.done = true;
  }

  /** Ids that were acknowledged, as the file has them. */
  acknowledgedIds() {
    return readFileSync(this.#options.file, 'utf8').trim().split('\n');
  }

  async #client() {
    const { workspace, activities, file } = this.#options;
    while (this.#left > 0) {
      if (this.#options.events - this.#left >= this.#options.allowed()) {
        this.#options.signal.throwIfAborted();
        await delay(PAUSE_MS);
        continue;
      }
      const size = Math.min(EVENTS_PER_POST, this.#left);
      this.#left -= size;
      const body = ingestBatch({ workspace, activities, size });
      const { ids, duplicates } = await this.#post(body);
      appendFileSync(file, ids.map(id => `${id}\n`).join(''));
      this.acknowledged += ids.length;
      this.known += duplicates;
    }
  }

  async #post(body) {
    const { replicas, token, signal } = this.#options;
    for (;;) {
      signal.throwIfAborted();
      const { urls } = replicas;
      if (urls.length === 0) {
        await delay(PAUSE_MS);
        continue;
      }
      const url = urls[Math.floor(Math.random() * urls.length)];
      try {
        const client = new TrailClient(url, token);
        return await Promise.race([client.post('/events', body), timeout()]);
      } catch (error) {
        if (/ answered 4\d\d: /.test(error.message)) {
          throw error;
        }
        this.repeated++;
        await delay(PAUSE_MS);
      }
    }
  }
}
