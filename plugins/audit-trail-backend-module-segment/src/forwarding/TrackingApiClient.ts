import {
  DeliveryRejectedError,
  DeliveryRetryError,
  DestinationGoneError,
} from 'backstage-plugin-audit-trail-node';
import {
  segmentRequest,
  SegmentRequestError,
  type SegmentAnswer,
} from 'backstage-plugin-segment-node';
import { retryAfterMs } from './retryAfterMs';

/** Most bytes that are read of an answer. */
const MAX_ANSWER_BYTES = 64 * 1024;
/** Most characters of an answer that an error quotes. */
const MAX_QUOTE_LENGTH = 200;

/** Sends batches to the Tracking API of a region. */
export class TrackingApiClient {
  /** What the API is called in errors. */
  readonly name: string;
  readonly #url: string;
  readonly #writeKey: string;
  readonly #credentials: string;
  readonly #timeoutMs: number;

  constructor(options: {
    baseUrl: string;
    writeKey: string;
    timeoutMs: number;
  }) {
    this.name = `Segment's Tracking API (${new URL(options.baseUrl).host})`;
    this.#url = `${options.baseUrl}/v1/batch`;
    this.#writeKey = options.writeKey;
    // The write key is the user, and the password is empty.
    this.#credentials = Buffer.from(`${options.writeKey}:`).toString('base64');
    this.#timeoutMs = options.timeoutMs;
  }

  /**
   * Sends one batch.
   *
   * @throws one of the errors of deliveries
   */
  async send(body: string, signal: AbortSignal): Promise<void> {
    const answer = await segmentRequest({
      url: this.#url,
      method: 'POST',
      headers: {
        Authorization: `Basic ${this.#credentials}`,
        'Content-Type': 'application/json',
      },
      body,
      maxAnswerBytes: MAX_ANSWER_BYTES,
      timeoutMs: this.#timeoutMs,
      signal,
    }).catch(error => {
      throw error instanceof SegmentRequestError
        ? new DeliveryRetryError(`${this.name} ${error.message}`)
        : error;
    });
    const { status } = answer;
    if (status >= 200 && status < 300) {
      return;
    }
    const message = `${this.name} answered ${status}${this.#quote(answer)}`;
    if ([400, 413, 422].includes(status)) {
      throw new DeliveryRejectedError(message);
    }
    if (status === 410) {
      throw new DestinationGoneError(message);
    }
    if (status >= 300 && status < 400) {
      throw new DeliveryRetryError(
        `${this.name} answered ${status}, a redirect, which is not followed`,
      );
    }
    throw new DeliveryRetryError(message, {
      retryAfterMs: retryAfterMs(answer.headers),
    });
  }

  /** What the answer says, without credentials that it may repeat. */
  #quote({ body }: SegmentAnswer): string {
    const text = body
      .replaceAll(this.#writeKey, '…')
      .replaceAll(this.#credentials, '…')
      .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .trim()
      .slice(0, MAX_QUOTE_LENGTH);
    return text && `: ${text}`;
  }
}
