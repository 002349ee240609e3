import { createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod';
import { auditEventResourceRef } from '../auditEventResourceRef';

/** As owners are stored: entity refs compare without case. */
const lowerCase = (claims: string[]) =>
  claims.map(claim => claim.toLocaleLowerCase('en-US'));

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
    resource.ownerRefs.some(owner => lowerCase(claims).includes(owner)),
  toQuery: ({ claims }) => ({ ownedBy: lowerCase(claims) }),
});
