import type {
  DestinationHour,
  DestinationState,
} from 'backstage-plugin-audit-trail-common';
import type { StoredDestination } from '../database/forwarding/DatabaseDestinationsStore';
import type { DestinationStatus } from '../database/forwarding/DatabaseDestinationStatusStore';

/** Whoever waits longer than this waits too long. */
const BEHIND_SECONDS = 60;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Days of the last week with deliveries that make a silent one suspicious. */
const BUSY_DAYS = 5;

/** How a destination is doing. */
export function destinationState(options: {
  settings: Pick<StoredDestination, 'enabled' | 'paused' | 'gone'>;
  status: Pick<DestinationStatus, 'failures'>;
  lagSeconds: number;
  /** Hours with deliveries, of eight days at least. */
  hours: DestinationHour[];
}): DestinationState {
  const { settings, status, lagSeconds, hours } = options;
  if (settings.gone) {
    return 'gone';
  }
  if (!settings.enabled) {
    return 'off';
  }
  if (settings.paused) {
    return 'paused';
  }
  if (status.failures > 0) {
    return 'failing';
  }
  if (lagSeconds > BEHIND_SECONDS) {
    return 'falling-behind';
  }
  return isQuiet(hours) ? 'quiet' : 'working';
}

/** Whether nothing was sent for a day, unlike on most days of the week before. */
function isQuiet(hours: DestinationHour[]): boolean {
  const now = Date.now();
  const daysAgo = new Set(
    hours
      .filter(({ delivered }) => delivered > 0)
      .map(({ hour }) => Math.floor((now - Date.parse(hour)) / DAY_MS)),
  );
  return !daysAgo.has(0) && daysAgo.size >= BUSY_DAYS;
}
