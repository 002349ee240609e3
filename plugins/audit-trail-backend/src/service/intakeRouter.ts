import type {
  HttpAuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { MetricsServiceCounter } from '@backstage/backend-plugin-api/alpha';
import { InputError, NotAllowedError } from '@backstage/errors';
import type { HttpIntake } from 'backstage-plugin-audit-trail-node';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import type { IngestService } from '../ingest/IngestService';
import { MAX_BODY_BYTES } from '../ingest/limits';
import { faultsError } from '../ingest/validateEvents';
import { mayRecord } from './mayRecord';

/** Reads the bytes of a body, unpacked. */
const readBody = express.raw({ type: () => true, limit: MAX_BODY_BYTES });

/** A request without a body has none to read. */
const bodyOf = (request: express.Request): Buffer =>
  Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);

/** Ways in that the portal's own plugins may say they use. */
const PLUGIN_INTAKES = ['http', 'recorder', 'auditor'];

function readBatch(
  body: Buffer,
  subject: string,
): { events: unknown[]; intake: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    // Without the cause, which quotes what was sent.
    throw new InputError('The body is not valid JSON');
  }
  const { events, intake = 'http' } = (parsed ?? {}) as {
    events?: unknown;
    intake?: string;
  };
  if (!Array.isArray(events) || events.length === 0) {
    throw new InputError('events: must be a list of at least one event');
  }
  const intakes = subject.startsWith('plugin:') ? PLUGIN_INTAKES : ['http'];
  if (!intakes.includes(intake)) {
    throw new InputError(`intake: must be one of ${intakes.join(', ')}`);
  }
  return { events, intake };
}

/**
 * Keeps a service from telling what an intake tells, which has to prove where
 * it comes from. Stands before a body is read.
 */
function speaksForItself(options: {
  httpAuth: HttpAuthService;
  sources: string[];
}): (request: express.Request) => Promise<'next'> {
  return async request => {
    const { principal } = await options.httpAuth.credentials(request, {
      allow: ['service'],
    });
    if (options.sources.includes(principal.subject)) {
      throw new NotAllowedError(
        `"${principal.subject}" is the source of an intake, and nobody else records in its name; give this token another subject in backend.auth.externalAccess`,
      );
    }
    return 'next';
  };
}

/** `POST /v1/events` and `POST /v1/intake/<path>`. */
export function createIntakeRouter(options: {
  dropped: MetricsServiceCounter<{ intake: string; reason: string }>;
  httpAuth: HttpAuthService;
  ingest: IngestService;
  intakes: HttpIntake[];
  logger: LoggerService;
  permissions: PermissionsService;
  /** What the intakes of modules speak for. */
  sources: string[];
}): express.Router {
  const { dropped, httpAuth, ingest, intakes, logger } = options;
  const router = PromiseRouter();

  router.post(
    '/v1/events',
    mayRecord(options),
    speaksForItself(options),
    readBody,
    async (request, response) => {
      const { principal } = await httpAuth.credentials(request, {
        allow: ['service'],
      });
      const { events, intake } = readBatch(bodyOf(request), principal.subject);
      const { accepted, duplicates, ids, faults } = await ingest.ingest({
        events: events.map((event, index) => ({
          place: `events[${index}]`,
          event,
        })),
        origin: { source: principal.subject, intake },
        // The auditor cannot mend what a plugin told it.
        resendable: intake !== 'auditor',
      });
      if (faults.length > 0) {
        dropped.add(events.length - ids.length, { intake, reason: 'invalid' });
        logger.error(
          `${principal.subject} audited events that could not be stored`,
          faultsError(faults),
        );
      }
      response.status(201).json({
        accepted,
        duplicates,
        ids,
        faults: faults.length > 0 ? faults.slice(0, 50) : undefined,
      });
    },
  );

  for (const intake of intakes) {
    router.post(
      `/v1/intake/${intake.path}`,
      async request => {
        intake.checkHeaders?.(request.headers);
        return 'next';
      },
      readBody,
      async (request, response) => {
        const received = await intake.receive({
          headers: request.headers,
          body: bodyOf(request),
        });
        const { accepted, duplicates, ids, faults } = await ingest.ingest({
          events: received.events,
          faults: received.faults,
          origin: { source: intake.source, intake: intake.id },
          resendable: false,
        });
        const unmapped = received.faults?.length ?? 0;
        const invalid = received.events.length - ids.length + unmapped;
        const drops = {
          ...received.dropped,
          ...(invalid > 0 && { invalid }),
        };
        for (const [reason, count] of Object.entries(drops)) {
          dropped.add(count, { intake: intake.id, reason });
        }
        if (faults.length > 0) {
          logger.error(
            `${intake.id} sent events that could not be stored`,
            faultsError(faults),
          );
        }
        response.json({
          accepted,
          duplicates,
          ids,
          dropped: Object.values(drops).reduce((sum, one) => sum + one, 0),
          faults: faults.length > 0 ? faults.slice(0, 50) : undefined,
        });
      },
    );
  }

  return router;
}
