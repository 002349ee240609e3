import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { ForwarderOptions } from 'backstage-plugin-audit-trail-node';
import { z } from 'zod';
import { readDestinationConfig } from '../readDestinationConfig';

/** Events of one batch. */
const MAX_EVENTS = 200;

/** So that what happens at once becomes one notification. */
const MIN_INTERVAL_MS = 5_000;

const entityRef = z.string().transform((ref, context) => {
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch {
    context.addIssue(
      'must be an entity ref with its kind, such as group:default/platform-team',
    );
    return z.NEVER;
  }
});

const schema = z.object({
  recipients: z
    .union([z.literal('owners'), z.array(entityRef).min(1)], {
      error: 'must be owners, or a list of entity refs',
    })
    .default('owners'),
  maxEvents: z.coerce.number().int().min(1).max(1_000).default(MAX_EVENTS),
  minIntervalMs: z.coerce
    .number()
    .int()
    .min(0)
    .max(3_600_000)
    .default(MIN_INTERVAL_MS),
});

/** A destination of the type `notifications`. */
export type NotificationsConfig = z.output<typeof schema>;

/**
 * Reads a destination of the type `notifications`.
 *
 * @throws `InputError` that names the keys that are wrong
 */
export function readNotificationsConfig(
  options: Pick<ForwarderOptions, 'config' | 'destinationId'>,
): NotificationsConfig {
  return readDestinationConfig(schema, options);
}
