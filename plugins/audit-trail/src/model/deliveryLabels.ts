import type {
  Delivery,
  DeliveryState,
  Destination,
} from 'backstage-plugin-audit-trail-common';
import {
  DESTINATION_STATE_LABELS,
  failedCallsLabel,
} from './destinationLabels';

/** States of deliveries for people. */
export const DELIVERY_STATE_LABELS: Record<DeliveryState, string> = {
  pending: 'waits',
  delivered: 'delivered',
  dead: 'given up',
  skipped: 'not sent',
};

/**
 * How often an event was tried in vain. What was refused in so many words is
 * not tried again, and has no attempts of its own.
 */
export function attemptsLabel({
  attempts,
  state,
}: Pick<Delivery, 'attempts' | 'state'>): string | undefined {
  if (attempts === 0) {
    return state === 'dead' ? 'refused, so not tried again' : undefined;
  }
  if (state === 'delivered') {
    return `after ${failedCallsLabel(attempts)}`;
  }
  return attempts === 1
    ? 'tried once'
    : `tried ${attempts.toLocaleString('en')} times`;
}

/** Why what waits for a destination does not go there just now. */
export function waitingReason({
  state,
}: Pick<Destination, 'state'>): string | undefined {
  return state === 'working' || state === 'quiet'
    ? undefined
    : `, as the destination is ${DESTINATION_STATE_LABELS[
        state
      ].toLowerCase()}`;
}
