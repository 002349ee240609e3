import type {
  HttpAuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { MetricsServiceCounter } from '@backstage/backend-plugin-api/alpha';
import { InputError, NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { auditTrailEventCreatePermission } from 'backstage-plugin-audit-trail-common';
import type { HttpIntake } from 'backstage-plugin-audit-trail-node';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import type { IngestService } from '../ingest/IngestService';
import { MAX_BODY_BYTES } from '../ingest/limits';
import { faultsError } from '../ingest/validateEvents';

/** Reads the bytes of a body, unpacked. */
const readBody = express.raw({ type: () => true, limit: MAX_BODY_BYTES });

/** A request without a body has none to read. */
const bodyOf = (request: express.Request): Buffer =>
  Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);

function readBatch(body: Buffer): unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    // Without the cause, which quotes what was sent.
    throw new InputError('The body is not valid JSON');
  }
  const events = (parsed as { events?: unknown } | null)?.events;
  if (!Array.isArray(events) || events.length === 0) {
    throw new InputError('events: must be a list of at least one event');
  }
  return events;
}

/** `POST /v1/events` and `POST /v1/intake/<path>`. */
export function createIntakeRouter(options: {
  dropped: MetricsServiceCounter<{ intake: string; reason: string }>;
  httpAuth: HttpAuthService;
  ingest: IngestService;
  intakes: HttpIntake[];
  logger: LoggerService;
  permissions: PermissionsService;
}): express.Router {
  const { dropped, httpAuth, ingest, intakes, logger, permissions } = options;
  const router = PromiseRouter();

  router.post(
    '/v1/events',
    async (request, _response) => {
      // Before the body is read, so that a stranger cannot make us read it.
      const credentials = await httpAuth.credentials(request, {
        allow: ['service'],
      });
      const [decision] = await permissions.authorize(
        [{ permission: auditTrailEventCreatePermission }],
        { credentials },
      );
      if (decision.result !== AuthorizeResult.ALLOW) {
        throw new NotAllowedError(
          `"${credentials.principal.subject}" may not record audit events; it needs the permission ${auditTrailEventCreatePermission.name}`,
        );
      }
      return 'next';
    },
    readBody,
    async (request, response) => {
      const { principal } = await httpAuth.credentials(request, {
        allow: ['service'],
      });
      const { accepted, duplicates, ids } = await ingest.ingest({
        events: readBatch(bodyOf(request)).map((event, index) => ({
          place: `events[${index}]`,
          event,
        })),
        origin: { source: principal.subject, intake: 'http' },
        resendable: true,
      });
      response.status(201).json({ accepted, duplicates, ids });
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
