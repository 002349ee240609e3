import { CustomErrorBase } from '@backstage/errors';

/**
 * The destination cannot take events now: it does not answer, answers 5xx or
 * 429. The engine tries again later, with growing distance, and gives an event
 * up only after the destination's `giveUpAfter`.
 *
 * @public
 */
export class DeliveryRetryError extends CustomErrorBase {
  name = 'DeliveryRetryError' as const;
  /** When to try again at the earliest, in milliseconds from now. */
  readonly retryAfterMs?: number;

  constructor(
    message: string,
    options: { retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause as Error | undefined);
    this.retryAfterMs = options.retryAfterMs;
  }
}

/**
 * The destination refuses what was sent, and will refuse it again: 400, 413,
 * 422. The engine sends the halves of the batch, until the event that is
 * refused stands alone and becomes a dead letter.
 *
 * @public
 */
export class DeliveryRejectedError extends CustomErrorBase {
  name = 'DeliveryRejectedError' as const;
}

/**
 * The destination wants no more events: 410, or credentials that are revoked.
 * The engine switches it off, keeps its queue and tells the Owners.
 *
 * @public
 */
export class DestinationGoneError extends CustomErrorBase {
  name = 'DestinationGoneError' as const;
}
