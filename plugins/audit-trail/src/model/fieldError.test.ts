import { t } from '../__testUtils__/translation';
import { fieldError } from './fieldError';

it.each([
  [
    'holdFailuresMinutes: must be a whole number from 0 to 1440',
    {
      field: 'holdFailuresMinutes',
      reason: 'must be a whole number from 0 to 1440',
    },
  ],
  [
    'filter: actor: at most 200 values are taken',
    { field: 'filter', reason: 'actor: at most 200 values are taken' },
  ],
  [
    'filter.types.0: expected string',
    { field: 'filter', reason: 'expected string' },
  ],
  ['Failed to fetch', { reason: 'Failed to fetch' }],
])('reads the field of "%s"', (message, expected) => {
  expect(fieldError(t, new Error(message))).toEqual(expected);
});
