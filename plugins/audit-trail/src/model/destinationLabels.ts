import type {
  Destination,
  DestinationHour,
  DestinationState,
} from 'backstage-plugin-audit-trail-common';
import type { Translate } from '../translation';
import { durationLabel } from './durations';
import { eventCountLabel } from './labels';
import { clockTime, relativeTime, type TimeZone } from './times';

const TYPES = ['notifications', 'segment-source', 'slack', 'webhook'] as const;

/** A kind of destination for people. */
export function destinationTypeLabel(t: Translate, type: string): string {
  const known = TYPES.find(other => other === type);
  return known ? t(`destination.type.${known}`) : type;
}

/** The states, those first that an Owner should look at. */
const BY_CONCERN: readonly DestinationState[] = [
  'gone',
  'failing',
  'falling-behind',
  'quiet',
  'paused',
  'working',
  'off',
];

/** `4 destinations: 1 failing, 3 working, 2 dead letters`. */
export function destinationsSummary(
  t: Translate,
  destinations: readonly Destination[],
): string {
  const ofState = (state: DestinationState) =>
    destinations.filter(destination => destination.state === state).length;
  const deadLetters = destinations.reduce(
    (sum, destination) => sum + destination.deadLetters,
    0,
  );
  const parts = BY_CONCERN.filter(state => ofState(state) > 0).map(
    state => `${ofState(state)} ${t(`destination.stateWord.${state}`)}`,
  );
  if (deadLetters > 0) {
    parts.push(deadLettersLabel(t, deadLetters));
  }
  return t('destination.summary', {
    count: destinations.length,
    parts: parts.join(', '),
  });
}

/** `3,400 events wait, the longest for 12 minutes`. */
export function waitingLabel(
  t: Translate,
  destination: Pick<Destination, 'pending' | 'pendingCapped' | 'lagSeconds'>,
): string {
  const { pending, pendingCapped, lagSeconds } = destination;
  if (pending === 0) {
    return t('destination.nothingWaits');
  }
  const duration = durationLabel(t, lagSeconds);
  return pending === 1
    ? t('destination.oneWaits', { duration })
    : t('destination.wait', {
        events: eventCountLabel(t, pending, pendingCapped),
        duration,
      });
}

/** What is to be said of a destination beyond its state. */
export interface DestinationNote {
  severity: 'error' | 'warning' | 'info';
  /** In the destination's own words. */
  reason?: string;
  text: string;
}

const HOUR_MS = 60 * 60 * 1_000;

const asSentence = (t: Translate, text: string) =>
  `${text[0].toLocaleUpperCase(t('locale'))}${text.slice(1)}.`;

function retryLabel(
  t: Translate,
  { retryAt }: Destination,
  now: number,
  zone: TimeZone,
): string {
  const seconds = retryAt ? (Date.parse(retryAt) - now) / 1_000 : 0;
  return seconds >= 1
    ? t('destination.retryAt', {
        time: clockTime(t, retryAt!, zone),
        duration: durationLabel(t, Math.round(seconds)),
      })
    : t('destination.retrying');
}

/** Why a destination is in its state, and what follows; nothing if all is well. */
export function destinationNote(
  t: Translate,
  destination: Destination,
  now: number,
  zone: TimeZone,
): DestinationNote | undefined {
  const { enabled, lastError, lastFailureAt, pending, state } = destination;
  const waiting = asSentence(t, waitingLabel(t, destination));
  switch (state) {
    case 'failing':
      return {
        severity: 'error',
        reason: lastError,
        text: `${retryLabel(t, destination, now, zone)} ${waiting}`,
      };
    case 'falling-behind': {
      const failed =
        lastFailureAt && now - Date.parse(lastFailureAt) < HOUR_MS
          ? ` ${t('destination.callFailed', {
              time: relativeTime(t, lastFailureAt, now),
            })}`
          : '';
      return {
        severity: 'warning',
        reason: failed ? lastError : undefined,
        text: `${waiting}${failed}`,
      };
    }
    case 'gone':
      return {
        severity: 'error',
        reason: lastError,
        text: enabled
          ? `${t('destination.gone')} ${waiting}`
          : t('destination.goneOff'),
      };
    case 'paused':
      return {
        severity: 'info',
        text:
          pending > 0
            ? `${waiting} ${t('destination.pausedWaiting')}`
            : t('destination.paused'),
      };
    case 'quiet':
      return { severity: 'info', text: t('destination.quiet') };
    default:
      return undefined;
  }
}

/** What went to a destination in the hours that are known. */
export function hourTotals(hours: readonly DestinationHour[]) {
  return hours.reduce(
    (sum, { delivered, failed }) => ({
      delivered: sum.delivered + delivered,
      failed: sum.failed + failed,
    }),
    { delivered: 0, failed: 0 },
  );
}

/** `1 call failed`. */
export function failedCallsLabel(t: Translate, failed: number): string {
  return t('destination.failedCalls', { count: failed });
}

/** `3 dead letters`. */
export function deadLettersLabel(t: Translate, count: number): string {
  return t('deadLetter.count', { count });
}
