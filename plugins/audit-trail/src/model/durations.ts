import { Duration } from 'luxon';
import type { Translate } from '../translation';

/** Seconds from which on nobody counts single seconds any more. */
const ONLY_MINUTES_FROM = 60;

/** How long something takes: `45 seconds`, `3 hours, 20 minutes`. */
export function durationLabel(t: Translate, seconds: number): string {
  if (seconds < 1) {
    return t('time.underASecond');
  }
  const step = seconds < ONLY_MINUTES_FROM ? 1 : 60;
  const rounded = Duration.fromObject({
    seconds: Math.round(seconds / step) * step,
  });
  // The two largest units say enough.
  const units = Object.entries(
    rounded.shiftTo('days', 'hours', 'minutes', 'seconds').toObject(),
  )
    .filter(([, value]) => value > 0)
    .slice(0, 2);
  return Duration.fromObject(Object.fromEntries(units), {
    locale: t('locale'),
  }).toHuman({ unitDisplay: 'long' });
}
