import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { AuditEventPage } from 'backstage-plugin-audit-trail-common';
import type express from 'express';
import PromiseRouter from 'express-promise-router';
import { EVERYTHING } from '../database/criteria';
import type { AuditEvents } from './AuditEvents';
import type { CursorCodec } from './CursorCodec';
import { readEventsQuery, readFacetRequest } from './readEventsQuery';

/** `GET /v1/events`, `/v1/events/facets` and `/v1/events/:id`. */
export function createEventsRouter(options: {
  cursors: CursorCodec;
  events: AuditEvents;
  httpAuth: HttpAuthService;
}): express.Router {
  const { cursors, events, httpAuth } = options;
  const router = PromiseRouter();

  router.get('/v1/events', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const query = readEventsQuery(request, ['limit', 'cursor', 'order']);
    const binding = `${credentials.principal.userEntityRef}\n${query.fingerprint}`;
    const page = await events.page(
      {
        criteria: query.criteria,
        order: query.order,
        limit: query.limit,
        position: query.cursor
          ? cursors.decode(query.cursor, binding)
          : undefined,
      },
      { credentials },
    );
    const body: AuditEventPage = {
      items: page.items,
      pageInfo: {
        nextCursor: page.next && cursors.encode(page.next, binding),
        prevCursor: page.previous && cursors.encode(page.previous, binding),
      },
      totalItems: page.totalItems,
      totalItemsCapped: page.totalItemsCapped,
    };
    response.json(body);
  });

  router.get('/v1/events/facets', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    response.json(
      await events.facets(readFacetRequest(request), { credentials }),
    );
  });

  router.get('/v1/events/:id', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const { id } = request.params;
    response.json(
      await events.get(
        { id: id.toLowerCase(), criteria: EVERYTHING },
        { credentials },
      ),
    );
  });

  return router;
}
