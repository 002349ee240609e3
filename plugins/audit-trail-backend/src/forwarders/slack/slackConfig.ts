import type { ForwarderOptions } from 'backstage-plugin-audit-trail-node';
import { z } from 'zod';
import { AllowedHosts } from '../http/AllowedHosts';
import { parseDestinationUrl } from '../http/parseDestinationUrl';
import { readDestinationConfig } from '../readDestinationConfig';

/** Slack takes about one message a second in a channel. */
const MIN_INTERVAL_MS = 1_000;

/** Events of one digest. */
const MAX_EVENTS = 1_000;

/** How ways to the portal and to Segment stand in a message, the default first. */
export const LINK_STYLES = ['buttons', 'text'] as const;

/** Slack, and Slack for government. Nobody has to allow them. */
const SLACK_HOSTS = AllowedHosts.fromList(
  ['hooks.slack.com', 'hooks.slack-gov.com'],
  'SLACK_HOSTS',
);

const schemaFor = (allowedHosts: AllowedHosts) =>
  z
    .object({
      webhookUrl: z.string(),
      maxEvents: z.coerce.number().int().min(1).max(5_000).default(MAX_EVENTS),
      minIntervalMs: z.coerce
        .number()
        .int()
        .min(0)
        .max(3_600_000)
        .default(MIN_INTERVAL_MS),
      links: z.enum(LINK_STYLES).default('buttons'),
      // What stands in the environment is a string.
      allowPrivateAddresses: z
        .union([z.boolean(), z.stringbool()])
        .default(false),
    })
    .transform((config, context) => {
      const { allowPrivateAddresses } = config;
      const hostname = URL.parse(config.webhookUrl)?.hostname ?? '';
      try {
        const webhookUrl = parseDestinationUrl(config.webhookUrl, {
          allowedHosts: SLACK_HOSTS.includes(hostname)
            ? SLACK_HOSTS
            : allowedHosts,
          allowPrivateAddresses,
        });
        return { ...config, webhookUrl };
      } catch (error) {
        context.addIssue({
          code: 'custom',
          path: ['webhookUrl'],
          message: (error as Error).message,
        });
        return z.NEVER;
      }
    });

/** A destination of the type `slack`. */
export type SlackConfig = z.output<ReturnType<typeof schemaFor>>;

/**
 * Reads a destination of the type `slack`.
 *
 * @param allowedHosts - hosts that a webhook may have beside those of Slack
 * @throws `InputError` that names the keys that are wrong
 */
export function readSlackConfig(
  options: Pick<ForwarderOptions, 'config' | 'destinationId'>,
  allowedHosts: AllowedHosts,
): SlackConfig {
  return readDestinationConfig(schemaFor(allowedHosts), options);
}
