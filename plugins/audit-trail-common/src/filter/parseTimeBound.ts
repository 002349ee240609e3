import { InputError } from '@backstage/errors';
import { DateTime } from 'luxon';

const DATE = /^\d{4}-\d{2}-\d{2}(T|$)/;
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads a time in ISO 8601 with a full date, UTC unless it has an offset;
 * `undefined` if it is none or lies before 1970.
 *
 * @public
 */
export function parseTime(value: string): DateTime | undefined {
  const time = DateTime.fromISO(value.trim(), { zone: 'utc' });
  return DATE.test(value.trim()) &&
    time.isValid &&
    time.year >= 1970 &&
    time.year <= 9999
    ? time
    : undefined;
}

/**
 * Reads one end of a time range: an ISO 8601 time (UTC unless it has an
 * offset), or a date, which as `from` starts with the day and as `to` includes
 * the whole of it.
 *
 * @param value - the text to read
 * @param bound - which end it is; names the parameter in the error
 * @returns ISO 8601, UTC, milliseconds
 * @throws `InputError` if it is no time
 * @public
 */
export function parseTimeBound(value: string, bound: 'from' | 'to'): string {
  const time = parseTime(value);
  if (!time) {
    throw new InputError(
      `${bound}: "${value}" is not a time; give ISO 8601, such as 2026-11-22 or 2026-11-22T13:03:11Z`,
    );
  }
  const end =
    bound === 'to' && DATE_ONLY.test(value.trim()) ? time.endOf('day') : time;
  return end.toUTC().toJSDate().toISOString();
}
