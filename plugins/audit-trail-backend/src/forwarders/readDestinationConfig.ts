import { InputError } from '@backstage/errors';
import type { ForwarderOptions } from 'backstage-plugin-audit-trail-node';
import type { z } from 'zod';

/**
 * Reads a destination's section of app-config.
 *
 * @throws `InputError` that names the keys that are wrong, and quotes none of
 * their values, as they may be secrets
 */
export function readDestinationConfig<T>(
  schema: z.ZodType<T>,
  options: Pick<ForwarderOptions, 'config' | 'destinationId'>,
): T {
  const result = schema.safeParse(options.config.get());
  if (result.success) {
    return result.data;
  }
  const section = `auditTrail.forwarding.destinations.${options.destinationId}`;
  const faults = result.error.issues.map(issue => {
    const key = issue.path.map(part =>
      typeof part === 'number' ? `[${part}]` : `.${String(part)}`,
    );
    const { message } = issue.code === 'invalid_key' ? issue.issues[0] : issue;
    return `${section}${key.join('')}: ${message}`;
  });
  throw new InputError(faults.join('; '));
}
