import { createPermissionRule } from '@backstage/plugin-permission-node';
import { auditEventMatches } from 'backstage-plugin-audit-trail-common';
import { z } from 'zod';
import { auditEventResourceRef } from '../auditEventResourceRef';
import { atLeastOne } from './atLeastOne';

/** Chooses the events that one of the given actors caused. */
export const hasActor = createPermissionRule({
  name: 'HAS_ACTOR',
  description: 'Allow the events that one of the given actors caused',
  resourceRef: auditEventResourceRef,
  paramsSchema: z.object({
    actors: atLeastOne.describe(
      'Ids of actors in the system that reported the event',
    ),
  }),
  apply: ({ event }, { actors }) => auditEventMatches(event, { actors }),
  toQuery: ({ actors }) => ({ filter: { actors } }),
});
