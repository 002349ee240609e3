/** The value below which the given part of sorted values lies. */
function quantile(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** Median and 99th percentile of some milliseconds. */
export function summarise(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}

/** Milliseconds that something takes. */
export async function timed(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/**
 * Times several things alternately, A B A B, so that whatever else the machine
 * does meets all of them alike. Each round begins with another one, so that
 * none always comes after the same.
 *
 * @param {Record<string, () => Promise<unknown>>} tasks
 * @param {{ rounds: number, warmUp?: number }} options warm-up rounds do not count
 * @returns {Promise<Record<string, { median: number, p99: number }>>}
 */
export async function alternate(tasks, { rounds, warmUp = rounds / 5 }) {
  const entries = Object.entries(tasks);
  const samples = new Map(entries.map(([name]) => [name, []]));
  for (let round = -Math.ceil(warmUp); round < rounds; round++) {
    const first = (round + rounds) % entries.length;
    for (const [name, run] of [
      ...entries.slice(first),
      ...entries.slice(0, first),
    ]) {
      const duration = await timed(run);
      if (round >= 0) {
        samples.get(name).push(duration);
      }
    }
  }
  return Object.fromEntries(
    [...samples].map(([name, durations]) => [name, summarise(durations)]),
  );
}

/** Runs a task for each item, so many at once. */
export async function inParallel(items, workers, run) {
  const left = [...items];
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      while (left.length > 0) {
        await run(left.shift(), worker);
      }
    }),
  );
}
