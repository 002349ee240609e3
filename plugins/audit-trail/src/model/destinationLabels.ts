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

/** Whether an Owner should look at a destination. */
export function needsAttention({ state, deadLetters }: Destination): boolean {
  return (
    deadLetters > 0 ||
    ['failing', 'falling-behind', 'gone', 'quiet'].includes(state)
  );
}

/** All destinations in one sentence. */
export function destinationsSummary(destinations: Destination[]): string {
  const { length } = destinations;
  const count = length === 1 ? '1 destination' : `${length} destinations`;
  const concerned = destinations.filter(needsAttention);
  if (concerned.length > 0) {
    const verb = concerned.length === 1 ? 'needs' : 'need';
    return length === 1
      ? `${count}, which needs attention`
      : `${count}, of which ${concerned.length} ${verb} attention`;
  }
  const stopped = destinations.filter(({ state }) => state !== 'working');
  return stopped.length === 0 ? `${count}, working` : count;
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
