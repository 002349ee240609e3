import { ingestBatch } from '../bench/ingestBatch.mjs';
import { summarise } from '../bench/measure.mjs';
import { SteadyCalls } from './SteadyCalls.mjs';

export const EVENTS_PER_SECOND = 200;

/** Records events at a steady rate, one a call, until it is told to stop. */
export class SteadyIntake {
  #posts;
  /** When each event was answered, by id. */
  answered = new Map();

  constructor({ service, workspace, activities }) {
    this.#posts = new SteadyCalls(1000 / EVENTS_PER_SECOND, async () => {
      const body = ingestBatch({ workspace, activities, size: 1 });
      const { ids } = await service.post('/events', body);
      this.answered.set(ids[0], performance.now());
    });
  }

  /** Posts that failed. */
  get failed() {
    return this.#posts.calls.filter(({ outcome }) => outcome !== 'done').length;
  }

  /** Resolves when all posts have ended. */
  stop() {
    return this.#posts.stop();
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
