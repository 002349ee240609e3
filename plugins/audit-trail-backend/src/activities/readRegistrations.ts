import { InputError } from '@backstage/errors';
import {
  resolveActivity,
  type ActivityRegistration,
} from 'backstage-plugin-audit-trail-common';
import { z } from 'zod';
import { describeFault, shortText } from '../ingest/validateEvents';
import { MAX_TYPE_LENGTH } from '../ingest/limits';
import { MAX_ACTIVITIES } from './ActivityRegistry';
import { TRAIL_CATEGORY } from './trailActivities';

/** What an id is made of: `deployment.rolled-back`. */
const ID_PATTERN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;
const CATEGORY_PATTERN = /^[a-z0-9-]+$/;

const text = shortText(MAX_TYPE_LENGTH);
const categoryId = text.regex(
  CATEGORY_PATTERN,
  'must have lower-case letters, digits and - only',
);

const requestSchema = z.strictObject({
  activities: z
    .array(
      z.strictObject({
        id: text
          .regex(ID_PATTERN, 'must be an id such as deployment.rolled-back')
          .refine(
            id => resolveActivity(id).category !== TRAIL_CATEGORY,
            'is kept for what the Audit Trail tells of itself; begin it with the name of your plugin or service',
          ),
        label: text,
        category: z
          .union(
            [categoryId, z.strictObject({ id: categoryId, label: text })],
            'must be an id such as deployments, or { id, label }',
          )
          .refine(
            category =>
              (typeof category === 'string' ? category : category.id) !==
              TRAIL_CATEGORY,
            'is kept for what the Audit Trail tells of itself; choose another area',
          ),
        verb: text.optional(),
        harmful: z.boolean().optional(),
      }),
    )
    .min(1, 'must be a list of at least one activity')
    .max(MAX_ACTIVITIES, `must have at most ${MAX_ACTIVITIES} activities`)
    .refine(
      activities =>
        new Set(activities.map(({ id }) => id)).size === activities.length,
      'must not have an id twice',
    ),
});

/**
 * Reads the body of `PUT /v1/activities`.
 *
 * @throws `InputError` that names every fault
 */
export function readRegistrations(body: unknown): ActivityRegistration[] {
  const result = requestSchema.safeParse(body);
  if (!result.success) {
    throw new InputError(
      result.error.issues
        .slice(0, 50)
        .map(issue => describeFault('', issue))
        .join('; '),
    );
  }
  return result.data.activities;
}
