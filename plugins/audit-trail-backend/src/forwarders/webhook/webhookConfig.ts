import { InputError } from '@backstage/errors';
import type { ForwarderOptions } from 'backstage-plugin-audit-trail-node';
import { z } from 'zod';
import type { AllowedHosts } from '../http/AllowedHosts';
import { parseDestinationUrl } from '../http/parseDestinationUrl';
import { readDestinationConfig } from '../readDestinationConfig';
import { WEBHOOK_FORMATS } from './webhookBody';

/** What the forwarder sets, and what belongs to the connection. */
const RESERVED_HEADERS =
  /^(webhook-.*|audit-trail-.*|host|content-.*|transfer-encoding|connection|keep-alive|upgrade|expect|te|trailer|proxy-.*)$/;

const secret = z.string().refine(value => {
  const [, base64] = /^whsec_([A-Za-z\d+/]+={0,2})$/.exec(value) ?? [];
  const key = Buffer.from(base64 ?? '', 'base64');
  return (
    key.toString('base64') === base64 && key.length >= 24 && key.length <= 64
  );
}, 'must be whsec_ and the base64 of 24 to 64 random bytes');

const headers = z
  .record(
    z
      .string()
      .toLowerCase()
      .regex(/^[!#$%&'*+.^_`|~\da-z-]+$/, 'is not the name of a header')
      .refine(
        name => !RESERVED_HEADERS.test(name),
        'is a header that cannot be set',
      ),
    z
      .string()
      .regex(
        /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/,
        'must be printable ASCII characters',
      ),
  )
  .default({});

const schemaFor = (allowedHosts: AllowedHosts) =>
  z
    .object({
      url: z.string(),
      format: z.enum(WEBHOOK_FORMATS).default('json'),
      secrets: z.array(secret).min(1, 'must have a secret'),
      headers,
      maxEvents: z.coerce.number().int().min(1).max(1000).default(100),
      // What stands in the environment is a string.
      allowPrivateAddresses: z
        .union([z.boolean(), z.stringbool()], 'must be true or false')
        .default(false),
    })
    .transform((config, context) => {
      const { allowPrivateAddresses } = config;
      try {
        const url = parseDestinationUrl(config.url, {
          allowedHosts,
          allowPrivateAddresses,
        });
        return { ...config, url };
      } catch (error) {
        context.addIssue({
          code: 'custom',
          path: ['url'],
          message: (error as InputError).message,
        });
        return z.NEVER;
      }
    });

/** A destination of the type `webhook`. */
export type WebhookConfig = z.output<ReturnType<typeof schemaFor>>;

/**
 * Reads a destination of the type `webhook`.
 *
 * @throws `InputError` that names the keys that are wrong
 */
export function readWebhookConfig(
  options: Pick<ForwarderOptions, 'config' | 'destinationId'>,
  allowedHosts: AllowedHosts,
): WebhookConfig {
  return readDestinationConfig(schemaFor(allowedHosts), options);
}
