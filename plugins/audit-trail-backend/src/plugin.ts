import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { auditTrailPermissions } from 'backstage-plugin-audit-trail-common';
import {
  auditTrailIntakeExtensionPoint,
  type HttpIntake,
} from 'backstage-plugin-audit-trail-node';
import { AccessRecorder } from './accessAudit/AccessRecorder';
import { AuditedAuditEvents } from './accessAudit/AuditedAuditEvents';
import { readConfig } from './config';
import { DatabaseAuditEventsStore } from './database/DatabaseAuditEventsStore';
import { DatabaseResourceOwnersStore } from './database/DatabaseResourceOwnersStore';
import { DatabaseSettingsStore } from './database/DatabaseSettingsStore';
import { DatabaseViewsStore } from './database/DatabaseViewsStore';
import { openDatabase } from './database/migrate';
import { IngestService } from './ingest/IngestService';
import { CatalogOwnershipSync } from './ownership/CatalogOwnershipSync';
import { auditEventResourceRef } from './permissions/auditEventResourceRef';
import { ReadAccess } from './permissions/ReadAccess';
import { auditTrailRules } from './permissions/rules';
import { AuthorizedAuditEvents } from './service/AuthorizedAuditEvents';
import { CursorCodec } from './service/CursorCodec';
import { DefaultAuditEvents } from './service/DefaultAuditEvents';
import { createRouter } from './service/router';

/**
 * The Audit Trail's backend.
 *
 * @public
 */
export const auditTrailPlugin = createBackendPlugin({
  pluginId: 'audit-trail',
  register(env) {
    const intakes: HttpIntake[] = [];
    env.registerExtensionPoint(auditTrailIntakeExtensionPoint, {
      addHttpIntake(intake) {
        if (intakes.some(({ path }) => path === intake.path)) {
          throw new Error(
            `There is an intake at /v1/intake/${intake.path} already`,
          );
        }
        intakes.push(intake);
      },
    });

    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        userInfo: coreServices.userInfo,
      },
      async init({
        auth,
        catalog,
        config: rootConfig,
        database,
        httpAuth,
        httpRouter,
        logger,
        metrics,
        permissions,
        permissionsRegistry,
        scheduler,
        userInfo,
      }) {
        const config = readConfig(rootConfig);
        if (config.owners.length === 0) {
          logger.warn(
            'No one is Owner of the Audit Trail: auditTrail.owners is not configured',
          );
        }
        const knex = await openDatabase(database);
        const store = DatabaseAuditEventsStore.create({ knex });
        const owners = DatabaseResourceOwnersStore.create({ knex });
        const settings = DatabaseSettingsStore.create({ knex });
        const ingest = IngestService.create({ store });
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

        for (const { path } of intakes) {
          // An intake checks proof of its own.
          httpRouter.addAuthPolicy({
            path: `/v1/intake/${path}`,
            allow: 'unauthenticated',
          });
        }
        httpRouter.use(
          createRouter({
            access,
            cursors: await CursorCodec.create({ settings }),
            dropped: metrics.createCounter('audit_trail.intake.dropped', {
              description: 'Events left out on purpose, by intake and reason',
              unit: '{event}',
            }),
            events: AuditedAuditEvents.create({
              inner: AuthorizedAuditEvents.create({
                inner: DefaultAuditEvents.create({ store }),
                access,
              }),
              recorder,
            }),
            httpAuth,
            ingest,
            intakes,
            logger,
            permissions,
            rateLimits: config.rateLimits,
          }),
        );

        await recorder.start(scheduler);
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
