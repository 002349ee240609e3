import type { TimeZone } from '../model/times';
import { useRemembered } from './useRemembered';

const zoneOf = (value: unknown): TimeZone =>
  value === 'utc' ? 'utc' : 'local';

/** The zone that the reader wants times in; remembered for them. */
export function useTimeZone(): [TimeZone, (zone: TimeZone) => void] {
  return useRemembered('timeZone', zoneOf);
}
