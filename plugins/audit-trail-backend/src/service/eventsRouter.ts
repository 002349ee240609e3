import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type express from 'express';
import PromiseRouter from 'express-promise-router';
import { EVERYTHING } from '../database/criteria';
import type { AuditEvents } from './AuditEvents';
import type { CursorCodec } from './CursorCodec';
import { countNewerEvents, readEventPage } from './readEventPage';
import {
  queryParams,
  readFacetRequest,
  readRelatedRequest,
  readValuesRequest,
  readWaysOutRequest,
} from './readEventsQuery';
import { readHistogramRequest } from './readHistogramRequest';

/** `GET /v1/events` and what is below. */
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
    const params = queryParams(request);
    response.json(
      await readEventPage({ params, cursors, events }, { credentials }),
    );
  });

  router.get('/v1/events/facets', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    response.json(
      await events.facets(readFacetRequest(request), { credentials }),
    );
  });

  router.get('/v1/events/facets/:field', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    response.json(
      await events.values(readValuesRequest(request), { credentials }),
    );
  });

  router.get('/v1/events/ways-out', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    response.json(
      await events.waysOut(readWaysOutRequest(request), { credentials }),
    );
  });

  router.get('/v1/events/histogram', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    response.json(
      await events.histogram(readHistogramRequest(request), { credentials }),
    );
  });

  router.get('/v1/events/newer', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const params = queryParams(request);
    response.json(
      await countNewerEvents({ params, cursors, events }, { credentials }),
    );
  });

  router.get('/v1/events/:id/related', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    response.json(
      await events.related(readRelatedRequest(request), { credentials }),
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
