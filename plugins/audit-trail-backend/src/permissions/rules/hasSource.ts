import { createPermissionRule } from '@backstage/plugin-permission-node';
import { auditEventMatches } from 'backstage-plugin-audit-trail-common';
import { z } from 'zod';
import { auditEventResourceRef } from '../auditEventResourceRef';
import { atLeastOne } from './atLeastOne';

/** Chooses the events that the given systems reported. */
export const hasSource = createPermissionRule({
  name: 'HAS_SOURCE',
  description: 'Allow the events that the given systems reported',
  resourceRef: auditEventResourceRef,
  paramsSchema: z.object({
    sources: atLeastOne.describe(
      'Sources of events, such as segment or plugin:catalog',
    ),
  }),
  apply: ({ event }, { sources }) => auditEventMatches(event, { sources }),
  toQuery: ({ sources }) => ({ filter: { sources } }),
});
