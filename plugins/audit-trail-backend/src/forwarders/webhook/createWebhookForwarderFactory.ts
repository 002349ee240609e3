import type { ForwarderFactory } from 'backstage-plugin-audit-trail-node';
import { AllowedHosts } from '../http/AllowedHosts';
import { HttpPoster, type HttpPosterOptions } from '../http/HttpPoster';
import { readWebhookConfig } from './webhookConfig';
import { WebhookForwarder } from './WebhookForwarder';
import { WebhookSigner } from './WebhookSigner';

/** What destinations of the type `webhook` share. */
export interface WebhookForwarderFactoryOptions {
  /** Hosts that may be sent to: `auditTrail.forwarding.allowedHosts`. */
  allowedHosts: string[];
  /** How requests are sent; for tests. */
  http?: Omit<HttpPosterOptions, 'allowPrivateAddresses'>;
}

/**
 * Makes forwarders that deliver events as signed HTTP requests.
 *
 * @throws `InputError` if an allowed host is none
 */
export function createWebhookForwarderFactory(
  options: WebhookForwarderFactoryOptions,
): ForwarderFactory {
  const allowedHosts = AllowedHosts.fromList(
    options.allowedHosts,
    'auditTrail.forwarding.allowedHosts',
  );
  return {
    type: 'webhook',
    create: ({ config: section, destinationId, eventUrl }) => {
      const config = readWebhookConfig(
        { config: section, destinationId },
        allowedHosts,
      );
      return WebhookForwarder.create({
        config,
        eventUrl,
        poster: HttpPoster.create({
          ...options.http,
          allowPrivateAddresses: config.allowPrivateAddresses,
        }),
        signer: WebhookSigner.create({
          destinationId,
          secrets: config.secrets,
        }),
      });
    },
  };
}
