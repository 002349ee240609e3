import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { auditTrailIntakeExtensionPoint } from 'backstage-plugin-audit-trail-node';
import { SegmentWebhookIntake } from './intake/SegmentWebhookIntake';

/**
 * Takes the deliveries of Segment's Webhooks destination into the Audit Trail.
 *
 * @public
 */
export const auditTrailModuleSegment = createBackendModule({
  pluginId: 'audit-trail',
  moduleId: 'segment',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        intake: auditTrailIntakeExtensionPoint,
      },
      async init({ config, logger, intake }) {
        intake.addHttpIntake(
          SegmentWebhookIntake.fromConfig(config, { logger }),
        );
      },
    });
  },
});
