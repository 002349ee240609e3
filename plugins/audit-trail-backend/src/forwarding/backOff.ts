/** Longest time between two tries. */
const MAX_MS = 60 * 1000;

/**
 * How long to wait after some failures in a row: a second, then twice as long
 * each time, up to a minute. Half of it is left to chance, so that not all
 * come back at once.
 */
export function backOffMs(failures: number, random = Math.random): number {
  const full = Math.min(1000 * 2 ** Math.max(failures - 1, 0), MAX_MS);
  return Math.round(full / 2 + (full / 2) * random());
}
