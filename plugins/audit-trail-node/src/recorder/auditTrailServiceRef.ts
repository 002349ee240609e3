import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type { AuditTrailService } from './AuditTrailService';
import { DefaultAuditTrailService } from './DefaultAuditTrailService';
import { TrailClient } from './TrailClient';

/**
 * Records what a plugin does in the Audit Trail. It is there for every plugin;
 * nothing has to be installed beside the Audit Trail's backend, which may run
 * elsewhere.
 *
 * @public
 */
export const auditTrailServiceRef = createServiceRef<AuditTrailService>({
  id: 'audit-trail.recorder',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      factory({ auth, discovery, lifecycle, logger }) {
        const recorder = DefaultAuditTrailService.create({
          client: TrailClient.create({ auth, discovery }),
          logger,
        });
        lifecycle.addShutdownHook(() => recorder.stop());
        return recorder;
      },
    }),
});
