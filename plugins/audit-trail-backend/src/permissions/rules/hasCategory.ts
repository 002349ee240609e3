import { createPermissionRule } from '@backstage/plugin-permission-node';
import { auditEventMatches } from 'backstage-plugin-audit-trail-common';
import { z } from 'zod';
import { auditEventResourceRef } from '../auditEventResourceRef';
import { atLeastOne } from './atLeastOne';

/** Chooses the events of the given areas. */
export const hasCategory = createPermissionRule({
  name: 'HAS_CATEGORY',
  description: 'Allow the events of the given areas',
  resourceRef: auditEventResourceRef,
  paramsSchema: z.object({
    categories: atLeastOne.describe('Ids of areas, such as warehouses'),
  }),
  apply: ({ event }, { categories }) =>
    auditEventMatches(event, { categories }),
  toQuery: ({ categories }) => ({ filter: { categories } }),
});
