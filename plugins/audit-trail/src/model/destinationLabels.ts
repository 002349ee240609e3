import type {
  Destination,
  DestinationHour,
  DestinationState,
} from 'backstage-plugin-audit-trail-common';
import { durationLabel } from './durations';
import { eventCountLabel } from './labels';
import { clockTime, relativeTime, type TimeZone } from './times';

/** States of destinations for people. */
export const DESTINATION_STATE_LABELS: Record<DestinationState, string> = {
  off: 'Off',
  paused: 'Paused',
  gone: 'Gone',
  failing: 'Failing',
  'falling-behind': 'Falling behind',
  quiet: 'Quiet',
  working: 'Working',
};

const TYPE_LABELS: Record<string, string> = {
  notifications: 'Notifications',
  'segment-source': 'Segment source',
  slack: 'Slack',
  webhook: 'Webhook',
};

/** A kind of destination for people. */
export function destinationTypeLabel(type: string): string {
  return TYPE_LABELS[type] ?? type;
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
  destinations: readonly Destination[],
): string {
  const { length } = destinations;
  const ofState = (state: DestinationState) =>
    destinations.filter(destination => destination.state === state).length;
  const deadLetters = destinations.reduce(
    (sum, destination) => sum + destination.deadLetters,
    0,
  );
  const parts = BY_CONCERN.filter(state => ofState(state) > 0).map(
    state =>
      `${ofState(state)} ${DESTINATION_STATE_LABELS[state].toLowerCase()}`,
  );
  if (deadLetters > 0) {
    parts.push(deadLettersLabel(deadLetters));
  }
  return `${length} ${
    length === 1 ? 'destination' : 'destinations'
  }: ${parts.join(', ')}`;
}

/** `3,400 events wait, the longest for 12 minutes`. */
export function waitingLabel(
  destination: Pick<Destination, 'pending' | 'pendingCapped' | 'lagSeconds'>,
): string {
  const { pending, pendingCapped, lagSeconds } = destination;
  if (pending === 0) {
    return 'nothing waits';
  }
  return pending === 1
    ? `1 event waits, for ${durationLabel(lagSeconds)}`
    : `${eventCountLabel(
        pending,
        pendingCapped,
      )} wait, the longest for ${durationLabel(lagSeconds)}`;
}

/** What is to be said of a destination beyond its state. */
export interface DestinationNote {
  severity: 'error' | 'warning' | 'info';
  /** In the destination's own words. */
  reason?: string;
  text: string;
}

const HOUR_MS = 60 * 60 * 1_000;

const asSentence = (text: string) =>
  `${text[0].toLocaleUpperCase('en')}${text.slice(1)}.`;

function retryLabel(
  { retryAt }: Destination,
  now: number,
  zone: TimeZone,
): string {
  const seconds = retryAt ? (Date.parse(retryAt) - now) / 1_000 : 0;
  return seconds >= 1
    ? `It is tried again at ${clockTime(retryAt!, zone)}, in ${durationLabel(
        Math.round(seconds),
      )}.`
    : 'It is being tried again.';
}

/** Why a destination is in its state, and what follows; nothing if all is well. */
export function destinationNote(
  destination: Destination,
  now: number,
  zone: TimeZone,
): DestinationNote | undefined {
  const { enabled, lastError, lastFailureAt, pending, state } = destination;
  const waiting = asSentence(waitingLabel(destination));
  switch (state) {
    case 'failing':
      return {
        severity: 'error',
        reason: lastError,
        text: `${retryLabel(destination, now, zone)} ${waiting}`,
      };
    case 'falling-behind': {
      const failed =
        lastFailureAt && now - Date.parse(lastFailureAt) < HOUR_MS
          ? ` A call failed ${relativeTime(lastFailureAt, now)}.`
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
          ? `It wants no more events, so nothing is sent there. What comes is kept until it is switched on again. ${waiting}`
          : 'It wants no more events, so nothing is sent there, and nothing is kept for it.',
      };
    case 'paused':
      return {
        severity: 'info',
        text:
          pending > 0
            ? `${waiting} They are sent when it is resumed.`
            : 'Nothing waits. What comes is kept until it is resumed.',
      };
    case 'quiet':
      return {
        severity: 'info',
        text: 'Nothing was to be sent for a day, unlike in the week before. Does the filter leave it out, or is it no longer reported?',
      };
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
export function failedCallsLabel(failed: number): string {
  return `${failed.toLocaleString('en')} ${
    failed === 1 ? 'call' : 'calls'
  } failed`;
}

/** `3 dead letters`. */
export function deadLettersLabel(count: number): string {
  return `${count.toLocaleString('en')} ${
    count === 1 ? 'dead letter' : 'dead letters'
  }`;
}
