import type {
  Delivery,
  Destination,
} from 'backstage-plugin-audit-trail-common';
import type { Translate } from '../translation';
import { failedCallsLabel } from './destinationLabels';

/**
 * How often an event was tried in vain. What was refused in so many words is
 * not tried again, and has no attempts of its own.
 */
export function attemptsLabel(
  t: Translate,
  { attempts, state }: Pick<Delivery, 'attempts' | 'state'>,
): string | undefined {
  if (attempts === 0) {
    return state === 'dead' ? t('delivery.refused') : undefined;
  }
  if (state === 'delivered') {
    const failedCalls = failedCallsLabel(t, attempts);
    return t('delivery.after', { failedCalls });
  }
  return t('delivery.tried', { count: attempts });
}

/** Why what waits for a destination does not go there just now. */
export function waitingReason(
  t: Translate,
  { state }: Pick<Destination, 'state'>,
): string | undefined {
  return state === 'working' || state === 'quiet'
    ? undefined
    : t('delivery.asDestinationIs', {
        state: t(`destination.stateWord.${state}`),
      });
}
