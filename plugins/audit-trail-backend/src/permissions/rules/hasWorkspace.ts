import { createPermissionRule } from '@backstage/plugin-permission-node';
import { auditEventMatches } from 'backstage-plugin-audit-trail-common';
import { z } from 'zod';
import { auditEventResourceRef } from '../auditEventResourceRef';
import { atLeastOne } from './atLeastOne';

/** Chooses the events of the given workspaces. */
export const hasWorkspace = createPermissionRule({
  name: 'HAS_WORKSPACE',
  description: 'Allow the events of the given workspaces',
  resourceRef: auditEventResourceRef,
  paramsSchema: z.object({
    workspaces: atLeastOne.describe(
      'Ids of Segment workspaces; backstage for the portal itself',
    ),
  }),
  apply: ({ event }, { workspaces }) =>
    auditEventMatches(event, { workspaces }),
  toQuery: ({ workspaces }) => ({ filter: { workspaces } }),
});
