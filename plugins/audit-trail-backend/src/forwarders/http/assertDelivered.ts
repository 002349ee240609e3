import {
  DeliveryRejectedError,
  DeliveryRetryError,
  DestinationGoneError,
} from 'backstage-plugin-audit-trail-node';
import type { HttpAnswer } from './HttpPoster';

/**
 * Answers that speak of the address or the credentials and not of the events:
 * every event would be refused, one after the other, so none is given up.
 */
const NOT_ABOUT_THE_EVENTS = new Set([403, 404, 405, 407, 415]);

/** Answers that ask to come again. */
const LATER = new Set([408, 425, 429]);

/**
 * Turns an answer that is no success into the error that tells the engine what
 * follows from it.
 *
 * | status                                   | what follows                                  |
 * | ---------------------------------------- | --------------------------------------------- |
 * | 2xx                                      | delivered                                     |
 * | 401, 410                                 | the destination is switched off               |
 * | 408, 425, 429, 5xx                       | tried again, not before Retry-After           |
 * | 3xx (never followed), 403, 404, 405, 407, 415 | tried again: it is the configuration that is wrong |
 * | other 4xx                                | the events are refused                        |
 */
export function assertDelivered(answer: HttpAnswer): void {
  const { origin, status, excerpt, retryAfterMs } = answer;
  if (status >= 200 && status < 300) {
    return;
  }
  const answered = `${origin} answered ${status}`;
  const message = excerpt ? `${answered}: ${excerpt}` : answered;
  if (status === 401 || status === 410) {
    throw new DestinationGoneError(message);
  }
  if (status >= 300 && status < 400) {
    throw new DeliveryRetryError(
      `${answered}, a redirect; redirects are not followed, so configure the address that it leads to`,
      { retryAfterMs },
    );
  }
  if (status >= 500 || LATER.has(status) || NOT_ABOUT_THE_EVENTS.has(status)) {
    throw new DeliveryRetryError(message, { retryAfterMs });
  }
  throw new DeliveryRejectedError(message);
}
