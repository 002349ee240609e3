import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { SegmentAppWorkspace } from 'backstage-plugin-audit-trail-common';
import { z } from 'zod';

const KEY = 'auditTrail.segment.workspaces';

const workspace = z.object({
  slug: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/i, 'must be a slug'),
  id: z.string().optional(),
  region: z.enum(['us', 'eu']).optional(),
});

/**
 * Reads what is configured of workspaces of Segment that links there are made
 * of. Tokens are for those who need them.
 *
 * @throws `InputError` that names the key that is wrong
 */
export function readSegmentWorkspaces(config: Config): SegmentAppWorkspace[] {
  const sections = config.getOptionalConfigArray(KEY) ?? [];
  return sections.map((section, index) => {
    const parsed = workspace.safeParse({
      slug: section.getOptional('slug'),
      id: section.getOptional('id'),
      region: section.getOptional('region'),
    });
    if (!parsed.success) {
      const [{ path, message }] = parsed.error.issues;
      throw new InputError(`${KEY}[${index}].${path.join('.')}: ${message}`);
    }
    return parsed.data;
  });
}
