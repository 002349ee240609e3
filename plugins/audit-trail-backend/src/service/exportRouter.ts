import { randomUUID } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { InputError, toError } from '@backstage/errors';
import {
  EXPORT_FORMATS,
  type AuditTrailExportFormat,
} from 'backstage-plugin-audit-trail-common';
import type express from 'express';
import PromiseRouter from 'express-promise-router';
import { dataFor } from '../exporting/dataFor';
import type { ExportFile, Exports } from './exports/Exports';
import { queryParams, readEventsQuery } from './readEventsQuery';
import { TooManyRequestsError } from './TooManyRequestsError';

function readFormat(params: URLSearchParams): AuditTrailExportFormat {
  const text = params.get('format') || 'csv';
  const format = EXPORT_FORMATS.find(known => known === text);
  if (!format) {
    throw new InputError(
      `format: "${text}" is none of ${EXPORT_FORMATS.join(', ')}`,
    );
  }
  return format;
}

function readCompress(params: URLSearchParams): 'gzip' | undefined {
  const compress = params.get('compress') || undefined;
  if (compress && compress !== 'gzip') {
    throw new InputError(`compress: "${compress}" is not gzip`);
  }
  return compress as 'gzip' | undefined;
}

function writeHead(response: express.Response, file: ExportFile) {
  const { id, fileName, contentType, expected } = file;
  response.status(200);
  response.setHeader('Content-Type', contentType);
  response.setHeader(
    'Content-Disposition',
    `attachment; filename="${fileName}"`,
  );
  // The bytes are counted, so nobody on the way may make others of them, and no
  // proxy is to take in a whole file before it hands it on.
  response.setHeader('Cache-Control', 'no-store, no-transform');
  response.setHeader('X-Accel-Buffering', 'no');
  response.setHeader('X-Audit-Trail-Export-Id', id);
  if (expected) {
    response.setHeader(
      'X-Audit-Trail-Export-Events',
      `${expected.count}${expected.orMore ? '+' : ''}`,
    );
  }
}

const FILE_PATH = '/v1/events/export';

/** Whether a request asks for a file, by a path as Express takes it. */
export const isExport = (path: string) =>
  path.toLowerCase().replace(/\/$/, '') === FILE_PATH;

/**
 * `GET /v1/events/export`: the filtered trail as a file, streamed; and
 * `GET /v1/exports/:id`: what the whole file has to be.
 *
 * @remarks
 *
 * If an export cannot go on, the connection is broken off, so that no client
 * takes a part for the whole. Since something on the way may still end it as if
 * all had come, a client compares what it has with what the export has to be.
 */
export function createExportRouter(options: {
  exports: Exports;
  httpAuth: HttpAuthService;
  logger: LoggerService;
}): express.Router {
  const { exports, httpAuth, logger } = options;
  const router = PromiseRouter();

  // Would otherwise run the export for nothing.
  router.head(FILE_PATH, async (_request, response) => {
    response.status(405).setHeader('Allow', 'GET').end();
  });

  router.get(FILE_PATH, async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const { filter, criteria, order } = readEventsQuery(queryParams(request), [
      'format',
      'compress',
      'order',
    ]);
    const params = queryParams(request);
    const format = readFormat(params);
    const compress = readCompress(params);
    let file: ExportFile;
    try {
      file = await exports.begin(
        { id: randomUUID(), filter, criteria, order, format, compress },
        { credentials },
      );
    } catch (error) {
      if (error instanceof TooManyRequestsError && error.retryAfterSeconds) {
        response.setHeader('Retry-After', error.retryAfterSeconds);
      }
      throw error;
    }
    // A client that goes away ends the export, and a query that runs.
    const gone = () => {
      file.close().catch(error => logger.warn('An export', toError(error)));
    };
    response.once('close', gone);
    if (response.destroyed) {
      gone();
      return;
    }
    writeHead(response, file);
    // Given as it is, so that it is asked for the next part when the response has
    // written the one before; a stream in between would ask ahead.
    async function* data() {
      for await (const part of file.parts) {
        yield dataFor(response, part.data);
      }
    }
    try {
      await pipeline(data, response, {
        signal: file.expired,
      });
    } catch (error) {
      logger.warn(
        `Export ${file.id} ended before it was complete`,
        toError(file.expired.aborted ? file.expired.reason : error),
      );
      response.destroy();
    }
  });

  router.get('/v1/exports/:id', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    response.json(
      await exports.get(
        { id: request.params.id.toLowerCase() },
        { credentials },
      ),
    );
  });

  return router;
}
