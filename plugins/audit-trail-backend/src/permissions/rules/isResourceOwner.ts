import { createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod';
import { auditEventResourceRef } from '../auditEventResourceRef';

/** Chooses the events of what some users and groups own in the catalog. */
export const isResourceOwner = createPermissionRule({
  name: 'IS_RESOURCE_OWNER',
  description:
    'Allow the events of resources that one of the given users and groups owns',
  resourceRef: auditEventResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity refs of users and groups, such as a user’s claims'),
  }),
  apply: (resource, { claims }) =>
    resource.ownerRefs.some(owner => claims.includes(owner)),
  toQuery: ({ claims }) => ({ ownedBy: claims }),
});
