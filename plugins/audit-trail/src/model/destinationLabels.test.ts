import { destination } from '../__testUtils__/fixtures';
import { t } from '../__testUtils__/translation';
import {
  destinationNote,
  destinationsSummary,
  waitingLabel,
} from './destinationLabels';

const now = Date.parse('2026-11-22T13:03:11.000Z');
const at = (seconds: number) => new Date(now + seconds * 1_000).toISOString();
const noteOf = (overrides: Parameters<typeof destination>[0]) =>
  destinationNote(t, destination(overrides), now, 'utc');

describe('destinationNote', () => {
  it.each(['working', 'off'] as const)('says nothing of %s', state => {
    expect(noteOf({ state })).toBeUndefined();
  });

  it('says why a destination fails, when it is tried again, and what waits', () => {
    expect(
      noteOf({
        state: 'failing',
        lastError: '503: being deployed',
        retryAt: at(95),
        pending: 3_400,
        lagSeconds: 725,
      }),
    ).toEqual({
      severity: 'error',
      reason: '503: being deployed',
      text: 'It is tried again at 13:04:46, in 2 minutes. 3,400 events wait, the longest for 12 minutes.',
    });
    expect(
      noteOf({ state: 'failing', retryAt: at(-1), pending: 1, lagSeconds: 5 })
        ?.text,
    ).toBe('It is being tried again. 1 event waits, for 5 seconds.');
  });

  it('says how far behind a destination is, and why only if that is fresh', () => {
    const behind = {
      state: 'falling-behind' as const,
      pending: 10_000,
      pendingCapped: true,
      lagSeconds: 7_500,
      lastError: '429',
    };
    expect(noteOf({ ...behind, lastFailureAt: at(-120) })).toEqual({
      severity: 'warning',
      reason: '429',
      text: 'More than 10,000 events wait, the longest for 2 hours, 5 minutes. A call failed 2 min ago.',
    });
    expect(noteOf({ ...behind, lastFailureAt: at(-7_200) })).toEqual({
      severity: 'warning',
      reason: undefined,
      text: 'More than 10,000 events wait, the longest for 2 hours, 5 minutes.',
    });
  });

  it('says what is kept for a destination that is paused or gone', () => {
    expect(noteOf({ state: 'paused' })?.text).toBe(
      'Nothing waits. What comes is kept until it is resumed.',
    );
    expect(noteOf({ state: 'paused', pending: 2, lagSeconds: 60 })?.text).toBe(
      '2 events wait, the longest for 1 minute. They are sent when it is resumed.',
    );
    const gone = { state: 'gone' as const, lastError: '410' };
    expect(noteOf({ ...gone, pending: 2, lagSeconds: 60 })).toMatchObject({
      reason: '410',
      text: expect.stringContaining('kept until it is switched on again'),
    });
    expect(noteOf({ ...gone, enabled: false })?.text).toContain(
      'nothing is kept for it',
    );
  });
});

it('sums up all destinations, those first that need somebody', () => {
  expect(destinationsSummary(t, [destination()])).toBe(
    '1 destination: 1 working',
  );
  expect(
    destinationsSummary(t, [
      destination(),
      destination({ state: 'off' }),
      destination({ state: 'failing' }),
      destination({ deadLetters: 3 }),
    ]),
  ).toBe('4 destinations: 1 failing, 2 working, 1 off, 3 dead letters');
});

it('says so when nothing waits', () => {
  expect(waitingLabel(t, destination())).toBe('nothing waits');
});
