import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  ACTIVITIES,
  type ActivitiesResponse,
} from 'backstage-plugin-audit-trail-common';
import type express from 'express';
import PromiseRouter from 'express-promise-router';
import { EVERYTHING } from '../database/criteria';
import type { ReadAccess } from '../permissions/ReadAccess';
import type { AuditEvents } from './AuditEvents';

/** `GET /v1/activities` and `GET /v1/access`. */
export function createActivitiesRouter(options: {
  access: ReadAccess;
  events: AuditEvents;
  httpAuth: HttpAuthService;
}): express.Router {
  const { access, events, httpAuth } = options;
  const router = PromiseRouter();

  router.get('/v1/activities', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const body: ActivitiesResponse = {
      items: [...ACTIVITIES],
      unmapped: await events.unmappedTypes(
        { criteria: EVERYTHING },
        { credentials },
      ),
    };
    response.json(body);
  });

  router.get('/v1/access', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    response.json(await access.describe(credentials));
  });

  return router;
}
