import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { InputError, toError } from '@backstage/errors';
import type express from 'express';
import PromiseRouter from 'express-promise-router';
import { createCsvStream, toCsvRow } from '../exporting/csv';
import { exportFileName } from '../exporting/exportFileName';
import type { AuditEvents } from './AuditEvents';
import { queryParams, readEventsQuery } from './readEventsQuery';

/**
 * `GET /v1/events/export`: the filtered trail as a file, streamed.
 *
 * @remarks
 *
 * A body that ends has every event. If the export cannot go on, the connection
 * is broken off, so that no client takes a part for the whole.
 */
export function createExportRouter(options: {
  events: AuditEvents;
  httpAuth: HttpAuthService;
  logger: LoggerService;
}): express.Router {
  const { events, httpAuth, logger } = options;
  const router = PromiseRouter();

  // Would otherwise run the export for nothing.
  router.head('/v1/events/export', async (_request, response) => {
    response.status(405).setHeader('Allow', 'GET').end();
  });

  router.get('/v1/events/export', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const { filter, criteria, order } = readEventsQuery(queryParams(request), [
      'format',
      'order',
    ]);
    const format = queryParams(request).get('format') || 'csv';
    if (format !== 'csv') {
      throw new InputError(`format: "${format}" is not csv`);
    }
    const chunks = events
      .all({ criteria, order }, { credentials })
      [Symbol.asyncIterator]();
    // A refusal has to be answered before the file begins.
    const first = await chunks.next();
    response.status(200);
    response.setHeader(
      'Content-Type',
      'text/csv; charset=utf-8; header=present',
    );
    response.setHeader(
      'Content-Disposition',
      `attachment; filename="${exportFileName(filter, 'csv', new Date())}"`,
    );
    async function* rows() {
      try {
        for (let chunk = first; !chunk.done; chunk = await chunks.next()) {
          yield* chunk.value.map(toCsvRow);
        }
      } finally {
        // A client that goes away ends the export, and that is recorded.
        await chunks.return?.();
      }
    }
    try {
      await pipeline(Readable.from(rows()), createCsvStream(), response);
    } catch (error) {
      logger.warn('An export ended before it was complete', toError(error));
      response.destroy();
    }
  });

  return router;
}
