import { DateTime } from 'luxon';

const MAX_MS = 60 * 60 * 1000;

/**
 * Reads a Retry-After header: seconds, or an HTTP date.
 *
 * @returns milliseconds from now, an hour at most; `undefined` if the header
 * says nothing
 */
export function readRetryAfter(
  header: string | string[] | undefined,
): number | undefined {
  const value = (Array.isArray(header) ? header[0] : header)?.trim() ?? '';
  const ms = /^\d+$/.test(value)
    ? Number(value) * 1000
    : DateTime.fromHTTP(value).diffNow().toMillis();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_MS);
}
