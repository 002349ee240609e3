import { createPermissionRule } from '@backstage/plugin-permission-node';
import { auditEventMatches } from 'backstage-plugin-audit-trail-common';
import { z } from 'zod';
import { auditEventResourceRef } from '../auditEventResourceRef';
import { atLeastOne } from './atLeastOne';

/** Chooses the events that belong to one of the given resources. */
export const hasResource = createPermissionRule({
  name: 'HAS_RESOURCE',
  description: 'Allow the events that belong to one of the given resources',
  resourceRef: auditEventResourceRef,
  paramsSchema: z.object({
    keys: atLeastOne.describe(
      'Resource keys, such as segment:warehouse:HpLcqdFbPX',
    ),
  }),
  apply: ({ event }, { keys }) => auditEventMatches(event, { resources: keys }),
  toQuery: ({ keys }) => ({ filter: { resources: keys } }),
});
