import type { HttpAuthService } from '@backstage/backend-plugin-api';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import { queryParams } from '../readEventsQuery';
import { readNewView, readVersion, readViewChanges } from './requests';
import type { SavedViews } from './SavedViews';

const readJson = express.json({ limit: '100kb' });

/** `/v1/views…` */
export function createViewsRouter(options: {
  httpAuth: HttpAuthService;
  views: SavedViews;
}): express.Router {
  const { httpAuth, views } = options;
  const router = PromiseRouter();
  const asUser = async (request: express.Request) => ({
    credentials: await httpAuth.credentials(request, { allow: ['user'] }),
  });
  /** Before the body is read, so that a stranger cannot make us read it. */
  const usersOnly: express.RequestHandler = async request => {
    await asUser(request);
    return 'next';
  };

  router.get('/v1/views', async (request, response) => {
    response.json(await views.list(await asUser(request)));
  });

  router.post('/v1/views', usersOnly, readJson, async (request, response) => {
    const view = readNewView(request.body);
    response.status(201).json(await views.create(view, await asUser(request)));
  });

  router.patch(
    '/v1/views/:id',
    usersOnly,
    readJson,
    async (request, response) => {
      const { id } = request.params;
      const changes = readViewChanges(request.body);
      response.json(await views.update({ id, changes }, await asUser(request)));
    },
  );

  router.delete('/v1/views/:id', async (request, response) => {
    const user = await asUser(request);
    const { id } = request.params;
    const version = readVersion(queryParams(request));
    await views.delete({ id, version }, user);
    response.status(204).end();
  });

  return router;
}
