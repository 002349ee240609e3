import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/**
 * Signs messages as the
 * {@link https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md | Standard Webhooks specification}
 * says.
 */
export class WebhookSigner {
  readonly #destinationId: string;
  readonly #keys: Webhook[];

  /**
   * @param options - with each secret a signature is made, so that a receiver
   * may know the new one or still the old one
   */
  static create(options: {
    destinationId: string;
    secrets: string[];
  }): WebhookSigner {
    return new WebhookSigner(options.destinationId, options.secrets);
  }

  private constructor(destinationId: string, secrets: string[]) {
    this.#destinationId = destinationId;
    this.#keys = secrets.map(secret => new Webhook(secret));
  }

  /**
   * Headers that prove where a message comes from, and that nobody changed it.
   *
   * @param body - what is sent, to the byte
   * @param eventIds - what it tells of. The same events are the same message,
   * however often it is sent
   */
  sign(body: string, eventIds: string[]): Record<string, string> {
    const id = this.#messageId(eventIds);
    const now = new Date();
    return {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': this.#keys
        .map(key => key.sign(id, now, body))
        .join(' '),
    };
  }

  #messageId(eventIds: string[]): string {
    const hash = createHash('sha256')
      .update(JSON.stringify([this.#destinationId, eventIds]))
      .digest('hex');
    return `msg_${hash.slice(0, 32)}`;
  }
}
