import { createBackendModule } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';

/** A portal's policy that allows everything but what is denied at the moment. */
export function switchedPolicy(denied: ReadonlySet<string>) {
  return createBackendModule({
    pluginId: 'permission',
    moduleId: 'switched',
    register(env) {
      env.registerInit({
        deps: { policy: policyExtensionPoint },
        async init({ policy }) {
          policy.setPolicy({
            handle: async ({ permission }) => ({
              result: denied.has(permission.name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
            }),
          });
        },
      });
    },
  });
}
