import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  auditTrailForwardingExtensionPoint,
  auditTrailIntakeExtensionPoint,
} from 'backstage-plugin-audit-trail-node';
import { segmentSourceForwarderFactory } from './forwarding/segmentSourceForwarderFactory';
import { SegmentWebhookIntake } from './intake/SegmentWebhookIntake';

/**
 * Takes the deliveries of Segment's Webhooks destination into the Audit Trail,
 * and forwards events to sources of Segment.
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
        forwarding: auditTrailForwardingExtensionPoint,
        logger: coreServices.logger,
        intake: auditTrailIntakeExtensionPoint,
      },
      async init({ config, forwarding, logger, intake }) {
        intake.addHttpIntake(
          SegmentWebhookIntake.fromConfig(config, { logger }),
        );
        forwarding.addForwarder(segmentSourceForwarderFactory());
      },
    });
  },
});
