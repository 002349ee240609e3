import type {
  HttpAuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { MetricsServiceCounter } from '@backstage/backend-plugin-api/alpha';
import type { HttpIntake } from 'backstage-plugin-audit-trail-node';
import type express from 'express';
import PromiseRouter from 'express-promise-router';
import type { MemoryStore } from 'express-rate-limit';
import type { ActivityRegistry } from '../activities/ActivityRegistry';
import type { DatabaseProbe } from '../database/DatabaseProbe';
import type { IngestService } from '../ingest/IngestService';
import type { ReadAccess } from '../permissions/ReadAccess';
import { createActivitiesRouter } from './activitiesRouter';
import type { AuditEvents } from './AuditEvents';
import type { CoverageReports } from './coverage/CoverageReports';
import { createCoverageRouter } from './coverage/coverageRouter';
import type { CursorCodec } from './CursorCodec';
import { createDatabaseAwayHandlers } from './databaseAway';
import type { Destinations } from './destinations/Destinations';
import { createDestinationsRouter } from './destinations/destinationsRouter';
import { createEventsRouter } from './eventsRouter';
import { createExportRouter } from './exportRouter';
import type { Exports } from './exports/Exports';
import type { Foreground } from '../foreground/Foreground';
import { createIntakeRouter } from './intakeRouter';
import { createRateLimits, type RateLimits } from './rateLimits';
import type { SavedViews } from './views/SavedViews';
import { createViewsRouter } from './views/viewsRouter';

/** The whole HTTP API. */
export function createRouter(options: {
  access: ReadAccess;
  coverage: CoverageReports;
  activities: ActivityRegistry;
  cursors: CursorCodec;
  destinations: Destinations;
  dropped: MetricsServiceCounter<{ intake: string; reason: string }>;
  events: AuditEvents;
  exports: Exports;
  foreground: Foreground;
  httpAuth: HttpAuthService;
  ingest: IngestService;
  intakes: HttpIntake[];
  logger: LoggerService;
  permissions: PermissionsService;
  probe: DatabaseProbe;
  rateLimits: RateLimits;
  requestCounts: MemoryStore;
  sources: string[];
  views: SavedViews;
}): express.Router {
  const router = PromiseRouter();
  const databaseAway = createDatabaseAwayHandlers(options);
  router.use((_request, response, next) => {
    // What one may see is for nobody else, and no longer true a moment later.
    response.setHeader('Cache-Control', 'no-store');
    // The frontend may be served from another origin.
    response.setHeader(
      'Access-Control-Expose-Headers',
      'Content-Disposition, Retry-After, X-Audit-Trail-Export-Events, X-Audit-Trail-Export-Id',
    );
    next();
  });
  router.use(options.foreground.watch);
  router.use(databaseAway.watch);
  router.use(
    createRateLimits({
      httpAuth: options.httpAuth,
      limits: options.rateLimits,
      store: options.requestCounts,
    }),
  );
  router.use(createIntakeRouter(options));
  // Before the events themselves, whose ids take any name.
  router.use(createExportRouter(options));
  router.use(createEventsRouter(options));
  router.use(createActivitiesRouter(options));
  router.use(createCoverageRouter(options));
  router.use(createDestinationsRouter(options));
  router.use(createViewsRouter(options));
  router.use(databaseAway.explain);
  return router;
}
