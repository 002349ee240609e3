import { DateTime } from 'luxon';
import type { Translate } from '../translation';

/** In which zone times are shown. */
export type TimeZone = 'local' | 'utc';

/** The zone's name, such as `Europe/Berlin`. */
export function zoneName(t: Translate, zone: TimeZone): string {
  return zone === 'utc'
    ? t('timeZone.utc')
    : DateTime.local().zoneName ?? t('time.localTime');
}

function inZone(time: string, zone: TimeZone): DateTime {
  return DateTime.fromISO(time, { zone });
}

/** A time in one of the formats that stand among the messages. */
function format(
  t: Translate,
  time: DateTime,
  key: 'time.short' | 'time.shortWithYear' | 'time.full' | 'time.clock',
): string {
  return time.setLocale(t('locale')).toFormat(t(key));
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
export function relativeTime(t: Translate, time: string, now: number): string {
  const base = DateTime.fromMillis(now);
  const at = DateTime.fromISO(time, { locale: t('locale') });
  if (isJustNow(time, now)) {
    return t('time.justNow');
  }
  return at.toRelative({ base, style: 'short' })?.replace('.', '') ?? time;
}

/** `12 minutes ago`. */
export function longRelativeTime(
  t: Translate,
  time: string,
  now: number,
): string {
  if (isJustNow(time, now)) {
    return t('time.justNow');
  }
  const base = DateTime.fromMillis(now);
  const at = DateTime.fromISO(time, { locale: t('locale') });
  return at.toRelative({ base }) ?? time;
}

/** `22 Nov, 14:03`, with the year where it is not the present one. */
export function shortTime(
  t: Translate,
  time: string,
  zone: TimeZone,
  now: number,
): string {
  const at = inZone(time, zone);
  const year = DateTime.fromMillis(now, { zone }).year;
  return format(t, at, at.year === year ? 'time.short' : 'time.shortWithYear');
}

/** `Sunday 22 Nov 2026, 14:03:11`. */
export function fullTime(t: Translate, time: string, zone: TimeZone): string {
  return format(t, inZone(time, zone), 'time.full');
}

/** `13:03:11`. */
export function clockTime(t: Translate, time: string, zone: TimeZone): string {
  return format(t, inZone(time, zone), 'time.clock');
}

/** Whether two times lie on the same day in a zone. */
export function isSameDay(one: string, other: string, zone: TimeZone): boolean {
  return inZone(one, zone).hasSame(inZone(other, zone), 'day');
}

/** Whether a time has the same date in local time and in UTC. */
export function hasSameDateEverywhere(time: string): boolean {
  return inZone(time, 'local').toISODate() === inZone(time, 'utc').toISODate();
}

/** A time in full, in local time and in UTC, and how long ago, one a line. */
export function timeTooltip(t: Translate, time: string, now: number): string {
  return [
    `${fullTime(t, time, 'local')} ${zoneName(t, 'local')}`,
    `${fullTime(t, time, 'utc')} ${zoneName(t, 'utc')}`,
    longRelativeTime(t, time, now),
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
