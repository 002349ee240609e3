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
import { SegmentApiIntake } from './pull/SegmentApiIntake';

/**
 * Takes the deliveries of Segment's Webhooks destination into the Audit Trail,
 * reads the audit events of workspaces from Segment's Public API, and forwards events to sources of Segment.
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
        SegmentApiIntake.fromConfig(config).forEach(one =>
          intake.addScheduledIntake(one),
        );
        forwarding.addForwarder(segmentSourceForwarderFactory());
      },
    });
  },
});
