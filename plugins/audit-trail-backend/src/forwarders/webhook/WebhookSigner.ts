import {
  createHash,
  createHmac,
  createSecretKey,
  type KeyObject,
} from 'node:crypto';

/**
 * Signs messages as the
 * {@link https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md | Standard Webhooks specification}
 * says.
 *
 * @remarks
 *
 * With Node's own HMAC: that of the specification's library is written in
 * JavaScript, and takes longer over a batch than all else that is done with it.
 * The tests check each signature by that library.
 */
export class WebhookSigner {
  readonly #destinationId: string;
  readonly #keys: KeyObject[];

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
    this.#keys = secrets.map(secret =>
      createSecretKey(secret.replace(/^whsec_/, ''), 'base64'),
    );
  }

  /**
   * Headers that prove where a message comes from, and that nobody changed it.
   *
   * @param body - what is sent, to the byte
   * @param eventIds - what it tells of. The same events are the same message,
   * however often it is sent
   */
  sign(body: Uint8Array, eventIds: string[]): Record<string, string> {
    const id = this.#messageId(eventIds);
    const timestamp = Math.floor(Date.now() / 1000);
    const sign = (key: KeyObject) =>
      createHmac('sha256', key)
        .update(`${id}.${timestamp}.`)
        .update(body)
        .digest('base64');
    return {
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': this.#keys.map(key => `v1,${sign(key)}`).join(' '),
    };
  }

  #messageId(eventIds: string[]): string {
    const hash = createHash('sha256')
      .update(JSON.stringify([this.#destinationId, eventIds]))
      .digest('hex');
    return `msg_${hash.slice(0, 32)}`;
  }
}
