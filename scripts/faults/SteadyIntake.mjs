import { ingestBatch } from '../bench/ingestBatch.mjs';
import { summarise } from '../bench/measure.mjs';
import { SteadyCalls } from './SteadyCalls.mjs';

export const EVENTS_PER_SECOND = 200;
/** As sources send them: some at a time. */
const EVENTS_PER_POST = 10;

/** Records events at a steady rate, some a call, until it is told to stop. */
export class SteadyIntake {
  #posts;
  /** When each event was answered, by id. */
  answered = new Map();

  constructor({ service, workspace, activities }) {
    const everyMs = (1000 * EVENTS_PER_POST) / EVENTS_PER_SECOND;
    this.#posts = new SteadyCalls(everyMs, async () => {
      const body = ingestBatch({
        workspace,
        activities,
        size: EVENTS_PER_POST,
      });
      const { ids } = await service.post('/events', body);
      const now = performance.now();
      ids.forEach(id => this.answered.set(id, now));
    });
  }

  /** Posts that failed. */
  get failed() {
    return this.#failures.length;
  }

  /** Why they did, and how often. */
  get reasons() {
    const counts = new Map();
    for (const { outcome } of this.#failures) {
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
    return [...counts].map(([reason, count]) => `${reason} (${count} times)`);
  }

  get #failures() {
    return this.#posts.calls.filter(({ outcome }) => outcome !== 'done');
  }

  /** Resolves when all posts have ended. */
  stop() {
    return this.#posts.stop();
  }
}

/** How long what was answered in some periods took to the receiver. */
export function latency({ answered }, receiver, periods) {
  const end = periods[periods.length - 1][1];
  return summarise(
    [...answered]
      .filter(([, at]) => periods.some(([from, to]) => at >= from && at < to))
      .map(([id, at]) => Math.max(0, (receiver.times.get(id) ?? end) - at)),
  );
}
