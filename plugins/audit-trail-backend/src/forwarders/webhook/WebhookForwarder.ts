import type {
  Forwarder,
  ForwarderLimits,
  ForwarderTestResult,
  ForwardRequest,
} from 'backstage-plugin-audit-trail-node';
import { assertDelivered } from '../http/assertDelivered';
import type { HttpPoster } from '../http/HttpPoster';
import { writeWebhookBody } from './webhookBody';
import type { WebhookConfig } from './webhookConfig';
import type { WebhookSigner } from './WebhookSigner';

/** What a {@link WebhookForwarder} is made from. */
export interface WebhookForwarderOptions {
  config: WebhookConfig;
  poster: HttpPoster;
  signer: WebhookSigner;
  /** The address of an event's page in the portal. */
  eventUrl(eventId: string): string;
}

/** Delivers events as signed HTTP requests. */
export class WebhookForwarder implements Forwarder {
  readonly limits: ForwarderLimits;
  readonly #options: WebhookForwarderOptions;

  static create(options: WebhookForwarderOptions): WebhookForwarder {
    return new WebhookForwarder(options);
  }

  private constructor(options: WebhookForwarderOptions) {
    this.#options = options;
    this.limits = { maxEvents: options.config.maxEvents };
  }

  async forward({ events, test, signal }: ForwardRequest): Promise<void> {
    const { config, eventUrl, poster, signer } = this.#options;
    const { contentType, text } = writeWebhookBody(config.format, events, {
      test,
      eventUrl,
    });
    // What is signed is what is sent, to the byte.
    const body = Buffer.from(text);
    const answer = await poster.post({
      url: config.url,
      headers: {
        ...config.headers,
        'content-type': contentType,
        ...(test && { 'audit-trail-test': 'true' }),
        ...signer.sign(
          body,
          events.map(({ id }) => id),
        ),
      },
      body,
      signal,
    });
    assertDelivered(answer);
  }

  async test(): Promise<ForwarderTestResult> {
    const { origin, protocol } = this.#options.config.url;
    return {
      proves: [
        `${origin} was reached${
          protocol === 'https:' ? ' and showed a valid certificate' : ''
        }.`,
        'It answered a signed test event with success, so neither the path nor the credentials were refused.',
      ],
      doesNotProve: [
        'Whether the receiver checks the signature, and with the right secret.',
        'Whether it keeps what it takes, and does not drop test events.',
        'Whether it takes every kind of event, and a full batch.',
      ],
    };
  }
}
