import { t } from '../__testUtils__/translation';
import {
  fromInputValue,
  isSameDay,
  longRelativeTime,
  relativeTime,
} from './times';

const now = Date.parse('2026-11-22T13:00:00.000Z');

describe('times', () => {
  it.each([
    ['2026-11-22T12:48:00.000Z', '12 min ago', '12 minutes ago'],
    ['2026-11-22T12:59:55.000Z', 'just now', 'just now'],
    // Newer than the last look at the clock, not from the future.
    ['2026-11-22T13:00:25.000Z', 'just now', 'just now'],
  ])('says how long ago %s was', (time, short, long) => {
    expect(relativeTime(t, time, now)).toBe(short);
    expect(longRelativeTime(t, time, now)).toBe(long);
  });

  it('tells days apart in the zone that is shown', () => {
    const times = ['2026-11-22T23:30:00.000Z', '2026-11-23T00:30:00.000Z'];
    expect(isSameDay(times[0], times[1], 'utc')).toBe(false);
    expect(isSameDay(times[0], times[0], 'utc')).toBe(true);
  });

  it('takes no year that the backend does not', () => {
    expect(fromInputValue('20260-01-01T00:00', 'from', 'utc')).toBeUndefined();
    expect(fromInputValue('0002-01-01T00:00', 'from', 'utc')).toBeUndefined();
    expect(fromInputValue('2026-01-01T00:00', 'to', 'utc')).toBe(
      '2026-01-01T00:00:59.999Z',
    );
  });
});
