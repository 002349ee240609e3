import type {
  Forwarder,
  ForwarderLimits,
  ForwarderTestResult,
  ForwardRequest,
} from 'backstage-plugin-audit-trail-node';
import type { HttpPoster } from '../http/HttpPoster';
import { assertTaken } from './assertTaken';
import { digestMessage, type DigestOptions } from './digestMessage';
import { eventMessage } from './eventMessage';
import type { SlackConfig } from './slackConfig';

/** What a {@link SlackForwarder} is made from. */
export interface SlackForwarderOptions
  extends Pick<DigestOptions, 'eventUrl' | 'segmentUrl' | 'trailUrl'> {
  config: SlackConfig;
  poster: HttpPoster;
}

/**
 * Posts events to an incoming webhook of Slack: one event as a message, more
 * than one as a digest.
 */
export class SlackForwarder implements Forwarder {
  readonly limits: ForwarderLimits;
  readonly #options: SlackForwarderOptions;

  static create(options: SlackForwarderOptions): SlackForwarder {
    return new SlackForwarder(options);
  }

  private constructor(options: SlackForwarderOptions) {
    const { maxEvents, minIntervalMs } = options.config;
    this.limits = { maxEvents, minIntervalMs };
    this.#options = options;
  }

  async forward({ events, test, signal }: ForwardRequest): Promise<void> {
    const { config, eventUrl, poster, segmentUrl, trailUrl } = this.#options;
    const options = { eventUrl, links: config.links, segmentUrl, test };
    if (events.length === 0) {
      return;
    }
    const message =
      events.length === 1
        ? eventMessage(events[0], options)
        : digestMessage(events, { ...options, trailUrl });
    assertTaken(
      await poster.post({
        url: config.webhookUrl,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(message),
        signal,
      }),
    );
  }

  async test(): Promise<ForwarderTestResult> {
    return {
      proves: ['Slack took a message for the channel of this webhook.'],
      doesNotProve: [
        'Which channel that is: Slack does not tell. Look for the test message.',
        'That those who need to know read the channel.',
      ],
    };
  }
}
