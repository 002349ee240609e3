import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type express from 'express';
import PromiseRouter from 'express-promise-router';
import type { CoverageReports } from './CoverageReports';

/** `GET /v1/coverage` */
export function createCoverageRouter(options: {
  coverage: CoverageReports;
  httpAuth: HttpAuthService;
}): express.Router {
  const { coverage, httpAuth } = options;
  const router = PromiseRouter();

  router.get('/v1/coverage', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    response.json(await coverage.coverage({ credentials }));
  });

  return router;
}
