import { randomBytes } from 'node:crypto';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { auditTrailPermissions } from 'backstage-plugin-audit-trail-common';
import {
  auditTrailForwardingExtensionPoint,
  auditTrailIntakeExtensionPoint,
} from 'backstage-plugin-audit-trail-node';
import { MemoryStore } from 'express-rate-limit';
import { ActivityRegistry } from './activities/ActivityRegistry';
import { AccessRecorder } from './accessAudit/AccessRecorder';
import { AuditedAuditEvents } from './accessAudit/AuditedAuditEvents';
import { AuditedDestinations } from './accessAudit/AuditedDestinations';
import { AuditedSavedViews } from './accessAudit/AuditedSavedViews';
import { registerActions } from './actions';
import { findBorrowedSubjects, readConfig } from './config';
import { DatabaseEventCounts } from './database/histogram/DatabaseEventCounts';
import { DatabaseHistogramStore } from './database/histogram/DatabaseHistogramStore';
import { DatabaseActivitiesStore } from './database/DatabaseActivitiesStore';
import { DatabaseProbe } from './database/DatabaseProbe';
import { DatabaseResourceOwnersStore } from './database/DatabaseResourceOwnersStore';
import { DatabaseSavedViewsStore } from './database/DatabaseSavedViewsStore';
import { DatabaseSettingsStore } from './database/DatabaseSettingsStore';
import { DatabaseViewsStore } from './database/DatabaseViewsStore';
import { openDatabase } from './database/migrate';
import { createForwarderFactories } from './forwarders/createForwarderFactories';
import { ForwarderRegistry } from './forwarders/ForwarderRegistry';
import { createForwarding } from './forwarding/createForwarding';
import { IntakeRegistry } from './ingest/IntakeRegistry';
import { CatalogOwnershipSync } from './ownership/CatalogOwnershipSync';
import { auditEventResourceRef } from './permissions/auditEventResourceRef';
import { ReadAccess } from './permissions/ReadAccess';
import { auditTrailRules } from './permissions/rules';
import { EventRedactor } from 'backstage-plugin-audit-trail-node/redaction';
import { createPulling } from './pulling/createPulling';
import { DatabaseRetentionStore } from './database/DatabaseRetentionStore';
import { keptSince } from './retention/keptSince';
import { Pruner } from './retention/Pruner';
import { AuthorizedAuditEvents } from './service/AuthorizedAuditEvents';
import { AuthorizedCoverageReports } from './service/coverage/AuthorizedCoverageReports';
import { CursorCodec } from './service/CursorCodec';
import { AuthorizedDestinations } from './service/destinations/AuthorizedDestinations';
import { DefaultAuditEvents } from './service/DefaultAuditEvents';
import { isExport } from './service/exportRouter';
import { createExports } from './service/exports/createExports';
import { Foreground } from './foreground/Foreground';
import { createReadCounter } from './service/rateLimits';
import { createRouter } from './service/router';
import { AuthorizedSavedViews } from './service/views/AuthorizedSavedViews';
import { DefaultSavedViews } from './service/views/DefaultSavedViews';

/**
 * The Audit Trail's backend.
 *
 * @public
 */
export const auditTrailPlugin = createBackendPlugin({
  pluginId: 'audit-trail',
  register(env) {
    const intakes = new IntakeRegistry();
    env.registerExtensionPoint(auditTrailIntakeExtensionPoint, intakes);
    const forwarders = new ForwarderRegistry();
    env.registerExtensionPoint(auditTrailForwardingExtensionPoint, forwarders);

    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootLifecycle: coreServices.rootLifecycle,
        scheduler: coreServices.scheduler,
        userInfo: coreServices.userInfo,
      },
      async init({
        actionsRegistry,
        auth,
        catalog,
        config: rootConfig,
        database,
        httpAuth,
        httpRouter,
        lifecycle,
        logger,
        metrics,
        notifications,
        permissions,
        permissionsRegistry,
        rootLifecycle,
        scheduler,
        userInfo,
      }) {
        const config = readConfig(rootConfig);
        if (config.owners.length === 0) {
          logger.warn(
            'No one is Owner of the Audit Trail: auditTrail.owners is not configured',
          );
        }
        const { sources } = intakes;
        for (const { key, subject } of findBorrowedSubjects(rootConfig, {
          sources,
        })) {
          logger.warn(
            sources.includes(subject)
              ? `${key}: nothing is recorded with this token, as an intake speaks for "${subject}"; give it another subject`
              : `${key}: whoever has this token records in the name of "${subject}"; give it a subject that is no plugin's`,
          );
        }
        const knex = await openDatabase(database, logger);
        const settings = DatabaseSettingsStore.create({ knex });
        const owners = DatabaseResourceOwnersStore.create({ knex });
        const redactor = EventRedactor.create({
          config: config.redaction,
          // The same on all replicas and after a restart, so that equal
          // secrets have equal markers.
          key: await settings.getOrCreate(
            'redaction-key',
            randomBytes(32).toString('base64url'),
          ),
        });
        const { retention } = config;
        const retentionStore = DatabaseRetentionStore.create({ knex });
        const pulling = createPulling({
          ...{ knex, redactor },
          httpIntakes: intakes.http,
          scheduled: intakes.scheduled,
          keptSince: () => keptSince({ retention, store: retentionStore }),
        });
        const activities = ActivityRegistry.create({
          redactor,
          store: DatabaseActivitiesStore.create({ knex }),
        });
        const foreground = new Foreground(isExport);
        const { ingest, store, destinationIds, destinations, engine } =
          createForwarding({
            activities,
            config: rootConfig,
            factories: [
              ...createForwarderFactories({
                auditTrailOwners: config.owners,
                config: rootConfig,
                notifications,
                ownersOf: keys => owners.ownersOf(keys),
              }),
              ...forwarders.factories,
            ],
            foreground,
            knex,
            logger,
            metrics,
            notifications,
            owners: config.owners,
            pulling,
            redactor,
          });
        const dropped = metrics.createCounter<{
          intake: string;
          reason: string;
        }>('audit_trail.intake.dropped', {
          description: 'Events left out on purpose, by intake and reason',
          unit: '{event}',
        });
        const pruner = Pruner.create({
          destinationIds,
          ingest,
          logger,
          pruned: metrics.createCounter('audit_trail.pruned', {
            description: 'Events removed because they were kept long enough',
            unit: '{event}',
          }),
          retention,
          store: retentionStore,
        });
        const recorder = AccessRecorder.create({
          ingest,
          views: DatabaseViewsStore.create({ knex }),
        });

        // Without `getResources`: nothing here asks about one event by its id,
        // and Backstage's endpoint for it would answer any service about any.
        permissionsRegistry.addResourceType({
          resourceRef: auditEventResourceRef,
          permissions: auditTrailPermissions,
          rules: Object.values(auditTrailRules),
        });
        const access = ReadAccess.create({
          auth,
          config,
          owners,
          permissions,
          permissionsRegistry,
          userInfo,
        });

        const { exports, lostExports } = createExports({
          ...{ access, knex, logger, metrics, recorder, store },
          giveWay: foreground.giveWay,
          maxOfUser: config.rateLimits.exportsAtOnce,
        });

        for (const { path } of intakes.http) {
          // An intake checks proof of its own.
          httpRouter.addAuthPolicy({
            path: `/v1/intake/${path}`,
            allow: 'unauthenticated',
          });
        }
        const cursors = await CursorCodec.create({ settings });
        const events = AuditedAuditEvents.create({
          inner: AuthorizedAuditEvents.create({
            inner: DefaultAuditEvents.create({
              store,
              histograms: DatabaseHistogramStore.create({ knex }),
            }),
            access,
          }),
          recorder,
        });
        const requestCounts = new MemoryStore();
        httpRouter.use(
          createRouter({
            access,
            activities,
            coverage: AuthorizedCoverageReports.create({
              inner: pulling.coverage,
              access,
            }),
            cursors,
            destinations: AuditedDestinations.create({
              inner: AuthorizedDestinations.create({
                inner: destinations,
                access,
              }),
              recorder,
            }),
            dropped,
            events,
            exports,
            foreground,
            httpAuth,
            ingest,
            intakes: intakes.http,
            logger,
            permissions,
            probe: DatabaseProbe.create({ knex }),
            rateLimits: config.rateLimits,
            requestCounts,
            sources,
            views: AuditedSavedViews.create({
              inner: AuthorizedSavedViews.create({
                inner: DefaultSavedViews.create({
                  store: DatabaseSavedViewsStore.create({ knex }),
                }),
                access,
              }),
              recorder,
            }),
          }),
        );

        registerActions({
          actionsRegistry,
          auth,
          countRead: createReadCounter({
            limits: config.rateLimits,
            store: requestCounts,
          }),
          cursors,
          events,
        });

        await engine.start();
        // What it waits for passes while the auditor sends what it still has.
        rootLifecycle.addBeforeShutdownHook(() => engine.stop());
        lifecycle.addShutdownHook(() => exports.stop());
        await pruner.start(scheduler);
        await recorder.start(scheduler);
        await lostExports.start(scheduler);
        await DatabaseEventCounts.create({ knex }).start(scheduler);
        await pulling.start({ dropped, ingest, logger, scheduler });
        await CatalogOwnershipSync.create({
          auth,
          catalog,
          logger,
          owners,
        }).start(scheduler);
      },
    });
  },
});
