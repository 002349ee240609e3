import type {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { ActivitiesResponse } from 'backstage-plugin-audit-trail-common';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import type { ActivityRegistry } from '../activities/ActivityRegistry';
import { readRegistrations } from '../activities/readRegistrations';
import { EVERYTHING } from '../database/criteria';
import type { ReadAccess } from '../permissions/ReadAccess';
import type { AuditEvents } from './AuditEvents';
import { mayRecord } from './mayRecord';

/** What describes 500 activities, and some. */
const MAX_BODY_BYTES = 512 * 1024;

/** `GET` and `PUT /v1/activities`, and `GET /v1/access`. */
export function createActivitiesRouter(options: {
  access: ReadAccess;
  activities: ActivityRegistry;
  events: AuditEvents;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
}): express.Router {
  const { access, activities, events, httpAuth } = options;
  const router = PromiseRouter();

  router.get('/v1/activities', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const { activities: items, categories } = await activities.list();
    const body: ActivitiesResponse = {
      items,
      categories,
      // What is asked for on each page need not be counted.
      unmapped:
        request.query.unmapped === 'false'
          ? []
          : await events.unmappedTypes(
              { criteria: EVERYTHING, known: items.map(({ id }) => id) },
              { credentials },
            ),
    };
    response.json(body);
  });

  router.put(
    '/v1/activities',
    mayRecord(options),
    express.json({ limit: MAX_BODY_BYTES }),
    async (request, response) => {
      const { principal } = await httpAuth.credentials(request, {
        allow: ['service'],
      });
      await activities.register(
        principal.subject,
        readRegistrations(request.body),
      );
      response.status(204).end();
    },
  );

  router.get('/v1/access', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    response.json(await access.describe(credentials));
  });

  return router;
}
