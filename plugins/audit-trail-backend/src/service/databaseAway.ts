import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  serializeError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { DatabaseProbe } from '../database/DatabaseProbe';
import { isDatabaseAway } from '../database/isDatabaseAway';

/** A request that takes longer may wait for a database that does not answer. */
const LOOK_AFTER_MS = 2_000;
const RETRY_AFTER_SECONDS = '5';

// Without the cause, which names addresses that are nobody's business.
const away = () =>
  new ServiceUnavailableError('The database is away; try again later');

/**
 * Who comes while the database is away is told so within five seconds, and that
 * it is worth to try again. What was to be recorded may be stored later still; if
 * it is sent again, it is known then.
 */
export function createDatabaseAwayHandlers(options: {
  logger: LoggerService;
  probe: DatabaseProbe;
}): { watch: RequestHandler; explain: ErrorRequestHandler } {
  const { logger, probe } = options;
  const answered = new WeakSet<object>();
  return {
    /** Answers requests whose handlers wait for a database that does not. */
    watch: (request, response, next) => {
      let timer: NodeJS.Timeout;
      const look = async () => {
        const answers = await probe.answers();
        if (response.headersSent || response.closed) {
          return;
        }
        if (answers) {
          timer = setTimeout(look, LOOK_AFTER_MS);
          return;
        }
        answered.add(response);
        logger.warn(`${request.method} ${request.path}: no database answers`);
        response
          .status(503)
          .setHeader('Retry-After', RETRY_AFTER_SECONDS)
          .json({
            error: serializeError(away()),
            request: { method: request.method, url: request.url },
            response: { statusCode: 503 },
          });
      };
      timer = setTimeout(look, LOOK_AFTER_MS);
      response.once('close', () => clearTimeout(timer));
      next();
    },
    /** Says what the failure of a connection to the database means. */
    explain: (error, request, response, next) => {
      if (answered.has(response)) {
        logger.debug(
          `${request.method} ${request.path} ended after it was answered`,
          toError(error),
        );
        return;
      }
      if (!isDatabaseAway(error)) {
        next(error);
        return;
      }
      logger.warn(`${request.method} ${request.path}`, toError(error));
      if (!response.headersSent) {
        response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
      }
      next(away());
    },
  };
}
