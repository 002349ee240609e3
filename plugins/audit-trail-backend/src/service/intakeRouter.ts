import type {
  HttpAuthService,
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

/** Reads the bytes of a body, unpacked. */
const readBody = express.raw({ type: () => true, limit: MAX_BODY_BYTES });

/** A request without a body has none to read. */
const bodyOf = (request: express.Request): Buffer =>
  Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);

function readBatch(body: Buffer): unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new InputError('The body is not valid JSON', error);
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
  permissions: PermissionsService;
}): express.Router {
  const { dropped, httpAuth, ingest, intakes, permissions } = options;
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
      const result = await ingest.ingest({
        events: readBatch(bodyOf(request)),
        origin: { source: principal.subject, intake: 'http' },
        oversized: 'refuse',
        placeOf: index => `events[${index}]`,
      });
      response.status(201).json(result);
    },
  );

  for (const intake of intakes) {
    router.post(
      `/v1/intake/${intake.path}`,
      readBody,
      async (request, response) => {
        const received = await intake.receive({
          headers: request.headers,
          body: bodyOf(request),
        });
        const single = received.events.length === 1;
        const result = await ingest.ingest({
          events: received.events,
          origin: { source: intake.source, intake: intake.id },
          oversized: 'cut',
          placeOf: index => (single ? 'event' : `[${index}]`),
        });
        const drops = Object.entries(received.dropped ?? {});
        for (const [reason, count] of drops) {
          dropped.add(count, { intake: intake.id, reason });
        }
        response.json({
          ...result,
          dropped: drops.reduce((sum, [, count]) => sum + count, 0),
        });
      },
    );
  }

  return router;
}
