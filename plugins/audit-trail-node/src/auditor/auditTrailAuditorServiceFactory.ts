import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { TrailClient } from '../recorder/TrailClient';
import { AuditorLog } from './AuditorLog';
import { AuditTrailAuditor } from './AuditTrailAuditor';
import { RootAuditor } from './RootAuditor';

/**
 * Backstage's auditor for every plugin of a backend. It logs as Backstage's own
 * does, and hands what is audited over to the Audit Trail.
 *
 * @example
 *
 * ```ts
 * backend.add(import('backstage-plugin-audit-trail-node/auditor'));
 * ```
 *
 * @public
 */
export const auditTrailAuditorServiceFactory = createServiceFactory({
  service: coreServices.auditor,
  deps: {
    auth: coreServices.auth,
    config: coreServices.rootConfig,
    discovery: coreServices.discovery,
    httpAuth: coreServices.httpAuth,
    lifecycle: coreServices.rootLifecycle,
    logger: coreServices.logger,
    metrics: metricsServiceRef,
    plugin: coreServices.pluginMetadata,
    rootLogger: coreServices.rootLogger,
  },
  async createRootContext({ config, lifecycle, rootLogger: logger }) {
    const root = await RootAuditor.start({ config, logger });
    // While the HTTP server of this backend, and so perhaps the trail's own, is
    // still there.
    lifecycle.addBeforeShutdownHook(() => root.flush());
    lifecycle.addShutdownHook(() => root.stop());
    return root;
  },
  factory(
    { auth, config, discovery, httpAuth, logger, metrics, plugin },
    root,
  ) {
    return AuditTrailAuditor.create({
      auth,
      httpAuth,
      log: AuditorLog.fromConfig(config, { logger }),
      logger,
      plugin: root.forPlugin(plugin.getId(), {
        client: TrailClient.create({ auth, discovery }),
        metrics,
      }),
      pluginId: plugin.getId(),
    });
  },
});
