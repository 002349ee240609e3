import { t } from '../__testUtils__/translation';
import { durationLabel } from './durations';

it.each([
  [0, 'less than a second'],
  [1, '1 second'],
  [59, '59 seconds'],
  [60, '1 minute'],
  [725, '12 minutes'],
  [7_500, '2 hours, 5 minutes'],
  [86_400, '1 day'],
  [180_061, '2 days, 2 hours'],
])('%d seconds are %s', (seconds, label) => {
  expect(durationLabel(t, seconds)).toBe(label);
});
