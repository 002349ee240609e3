import { createPermissionRule } from '@backstage/plugin-permission-node';
import { auditEventMatches } from 'backstage-plugin-audit-trail-common';
import { z } from 'zod';
import { auditEventResourceRef } from '../auditEventResourceRef';
import { atLeastOne } from './atLeastOne';

/** Chooses the events of the given activities. */
export const hasType = createPermissionRule({
  name: 'HAS_TYPE',
  description: 'Allow the events of the given activities',
  resourceRef: auditEventResourceRef,
  paramsSchema: z.object({
    types: atLeastOne.describe('Ids of activities, such as warehouse.disabled'),
  }),
  apply: ({ event }, { types }) => auditEventMatches(event, { types }),
  toQuery: ({ types }) => ({ filter: { types } }),
});
