/**
 * No statement of the engine may take longer, in milliseconds. It is for a
 * database that has gone without a word: the connection is thrown away, and
 * the next turn has another one.
 */
const STATEMENT_TIMEOUT_MS = 60_000;

/** A query or statement that fails instead of waiting for ever. */
export function withinTime<T extends { timeout(ms: number): T }>(query: T): T {
  return query.timeout(STATEMENT_TIMEOUT_MS);
}
