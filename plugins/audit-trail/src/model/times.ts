import { DateTime } from 'luxon';

/** In which zone times are shown. */
export type TimeZone = 'local' | 'utc';

/** The zone's name, such as `Europe/Berlin`. */
export function zoneName(zone: TimeZone): string {
  return zone === 'utc' ? 'UTC' : DateTime.local().zoneName ?? 'local time';
}

function inZone(time: string, zone: TimeZone): DateTime {
  return DateTime.fromISO(time, { zone, locale: 'en' });
}

/**
 * Whether something happened a moment ago; also if it is newer than the last
 * look at the clock, which may be half a minute old.
 */
function isJustNow(time: string, now: number): boolean {
  const seconds = (now - Date.parse(time)) / 1_000;
  return seconds < 10 && seconds > -60;
}

/** `12 min. ago`. */
export function relativeTime(time: string, now: number): string {
  const base = DateTime.fromMillis(now);
  const at = DateTime.fromISO(time, { locale: 'en' });
  if (isJustNow(time, now)) {
    return 'just now';
  }
  return at.toRelative({ base, style: 'short' })?.replace('.', '') ?? time;
}

/** `12 minutes ago`. */
export function longRelativeTime(time: string, now: number): string {
  if (isJustNow(time, now)) {
    return 'just now';
  }
  const base = DateTime.fromMillis(now);
  return DateTime.fromISO(time, { locale: 'en' }).toRelative({ base }) ?? time;
}

/** `22 Nov, 14:03`, with the year where it is not the present one. */
export function shortTime(time: string, zone: TimeZone, now: number): string {
  const at = inZone(time, zone);
  const year = DateTime.fromMillis(now, { zone }).year;
  return at.toFormat(at.year === year ? 'd LLL, HH:mm' : 'd LLL yyyy, HH:mm');
}

/** `Sunday 22 Nov 2026, 14:03:11`. */
export function fullTime(time: string, zone: TimeZone): string {
  return inZone(time, zone).toFormat('cccc d LLL yyyy, HH:mm:ss');
}

/** `13:03:11`. */
export function clockTime(time: string, zone: TimeZone): string {
  return inZone(time, zone).toFormat('HH:mm:ss');
}

/** Whether two times lie on the same day in a zone. */
export function isSameDay(one: string, other: string, zone: TimeZone): boolean {
  return inZone(one, zone).hasSame(inZone(other, zone), 'day');
}

/** Whether a time has the same date in local time and in UTC. */
export function hasSameDateEverywhere(time: string): boolean {
  return inZone(time, 'local').toISODate() === inZone(time, 'utc').toISODate();
}

/** A time in full, in local time and in UTC, one a line. */
export function timeTooltip(time: string): string {
  return [
    `${fullTime(time, 'local')} ${zoneName('local')}`,
    `${fullTime(time, 'utc')} UTC`,
  ].join('\n');
}

const INPUT_FORMAT = "yyyy-LL-dd'T'HH:mm";

/** A time as a `datetime-local` field takes it. */
export function toInputValue(time: string | undefined, zone: TimeZone): string {
  return time ? inZone(time, zone).toFormat(INPUT_FORMAT) : '';
}

/** What a `datetime-local` field holds; as `to` with the whole minute. */
export function fromInputValue(
  value: string,
  bound: 'from' | 'to',
  zone: TimeZone,
): string | undefined {
  const time = DateTime.fromISO(value, { zone });
  if (!value || !time.isValid || time.year < 1970 || time.year > 9999) {
    return undefined;
  }
  const end = bound === 'to' ? time.endOf('minute') : time;
  return end.toJSDate().toISOString();
}
