import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { AuditTrailPermissionPolicy } from './AuditTrailPermissionPolicy';

/**
 * Makes {@link AuditTrailPermissionPolicy} the portal's policy.
 *
 * @public
 */
export const permissionModuleAuditTrail = createBackendModule({
  pluginId: 'permission',
  moduleId: 'audit-trail-policy',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
      },
      async init({ config, policy }) {
        policy.setPolicy(AuditTrailPermissionPolicy.fromConfig(config));
      },
    });
  },
});
