import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import type { ForwarderFactory } from 'backstage-plugin-audit-trail-node';
import { AllowedHosts } from '../http/AllowedHosts';
import { HttpPoster, type HttpPosterOptions } from '../http/HttpPoster';
import { readSlackConfig } from './slackConfig';
import { SlackForwarder } from './SlackForwarder';

/** What destinations of the type `slack` share. */
export interface SlackForwarderFactoryOptions {
  /**
   * Hosts that a webhook may have beside those of Slack:
   * `auditTrail.forwarding.allowedHosts`.
   */
  allowedHosts: string[];
  /** The page in the Segment app that an event leads to, if it has one. */
  segmentUrl(event: AuditEvent): string | undefined;
  /** The address of the portal's Audit Trail page with a filter. */
  trailUrl(params: URLSearchParams): string;
  /** How requests are sent; for tests. */
  http?: Omit<HttpPosterOptions, 'allowPrivateAddresses'>;
}

/**
 * Makes forwarders that post to incoming webhooks of Slack.
 *
 * @throws `InputError` if an allowed host is none
 */
export function createSlackForwarderFactory(
  options: SlackForwarderFactoryOptions,
): ForwarderFactory {
  const { http, segmentUrl, trailUrl } = options;
  const allowedHosts = AllowedHosts.fromList(
    options.allowedHosts,
    'auditTrail.forwarding.allowedHosts',
  );
  return {
    type: 'slack',
    create: ({ config: section, destinationId, eventUrl }) => {
      const config = readSlackConfig(
        { config: section, destinationId },
        allowedHosts,
      );
      return SlackForwarder.create({
        config,
        eventUrl,
        poster: HttpPoster.create({
          ...http,
          allowPrivateAddresses: config.allowPrivateAddresses,
        }),
        segmentUrl,
        trailUrl,
      });
    },
  };
}
