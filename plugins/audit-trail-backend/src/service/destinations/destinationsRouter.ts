import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type {
  DeliveryPage,
  DestinationsResponse,
  RedriveResponse,
} from 'backstage-plugin-audit-trail-common';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import type { CursorCodec } from '../CursorCodec';
import { queryParams } from '../readEventsQuery';
import type { Destinations } from './Destinations';
import {
  readDeliveriesQuery,
  readDestinationChanges,
  readPreviewRequest,
  readRedriveRequest,
} from './requests';

const readJson = express.json({ limit: '100kb' });

/** `/v1/destinations…` and `/v1/deliveries…`. */
export function createDestinationsRouter(options: {
  cursors: CursorCodec;
  destinations: Destinations;
  httpAuth: HttpAuthService;
}): express.Router {
  const { cursors, destinations, httpAuth } = options;
  const router = PromiseRouter();
  const asUser = async (request: express.Request) => ({
    credentials: await httpAuth.credentials(request, { allow: ['user'] }),
  });
  /** Before the body is read, so that a stranger cannot make us read it. */
  const usersOnly: express.RequestHandler = async request => {
    await asUser(request);
    return 'next';
  };

  router.get('/v1/destinations', async (request, response) => {
    const body: DestinationsResponse = {
      items: await destinations.list(await asUser(request)),
    };
    response.json(body);
  });

  router.patch(
    '/v1/destinations/:id',
    usersOnly,
    readJson,
    async (request, response) => {
      const { id } = request.params;
      const changes = readDestinationChanges(request.body);
      response.json(
        await destinations.update({ id, changes }, await asUser(request)),
      );
    },
  );

  router.post(
    '/v1/destinations/:id/preview',
    usersOnly,
    readJson,
    async (request, response) => {
      const { id } = request.params;
      const { filter, since } = readPreviewRequest(request.body);
      response.json(
        await destinations.preview(
          { id, filter, since },
          await asUser(request),
        ),
      );
    },
  );

  router.post('/v1/destinations/:id/test', async (request, response) => {
    const { id } = request.params;
    response.json(await destinations.test({ id }, await asUser(request)));
  });

  router.get('/v1/deliveries', async (request, response) => {
    const user = await asUser(request);
    const { cursor, ...query } = readDeliveriesQuery(queryParams(request));
    const { destination, eventId, state } = query;
    const binding = `${
      user.credentials.principal.userEntityRef
    }\n${JSON.stringify(['deliveries', destination, eventId, state])}`;
    // The place behind a delivery: its event, and its destination's id.
    const [after, destinationId] = cursor
      ? cursors.decode(cursor, binding).id.split(' ')
      : [];
    const found = await destinations.deliveries(
      {
        ...query,
        limit: query.limit + 1,
        after: after ? { eventId: after, destinationId } : undefined,
      },
      user,
    );
    const items = found.slice(0, query.limit);
    const last = items[items.length - 1];
    const body: DeliveryPage = {
      // An event that one may not see is to one as if it did not exist.
      items: items.filter(({ event }) => event),
      pageInfo: {
        nextCursor:
          found.length > items.length
            ? cursors.encode(
                {
                  id: `${last.eventId} ${last.destinationId}`,
                  direction: 'next',
                },
                binding,
              )
            : undefined,
      },
    };
    response.json(body);
  });

  router.post(
    '/v1/deliveries/redrive',
    usersOnly,
    readJson,
    async (request, response) => {
      const body: RedriveResponse = {
        redriven: await destinations.redrive(
          readRedriveRequest(request.body),
          await asUser(request),
        ),
      };
      response.json(body);
    },
  );

  return router;
}
