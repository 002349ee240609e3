import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  createServiceFactory,
  type AuthService,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { DatabaseManager } from '@backstage/backend-defaults/database';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { httpRouterServiceFactory } from '@backstage/backend-defaults/httpRouter';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { parseEntityRef, type Entity } from '@backstage/catalog-model';
import authBackend from '@backstage/plugin-auth-backend';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import permissionBackend from '@backstage/plugin-permission-backend';
import permissionModuleAllowAllPolicy from '@backstage/plugin-permission-backend-module-allow-all-policy';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import auditTrailModuleSegment from 'backstage-plugin-audit-trail-backend-module-segment';
import type { Knex } from 'knex';
import request from 'supertest';
import { auditTrailPlugin } from '../plugin';
import { CLAIMS, ENTITIES, SECRET } from './backend';

const USERS = Object.entries(CLAIMS).map(([userRef, claims]): Entity => {
  const { name, namespace } = parseEntityRef(userRef);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace },
    relations: claims
      .filter(claim => claim !== userRef)
      .map(targetRef => ({ type: 'memberOf', targetRef })),
  };
});

/** Services that may call from outside, by token. */
export const SERVICE_TOKENS = {
  unrestricted: 'token-of-a-service',
  otherPlugin: 'token-for-the-catalog-only',
  otherPermission: 'token-for-the-page-only',
  otherAction: 'token-for-reading-only',
  recording: 'token-for-recording-only',
  creating: 'token-for-creating-only',
};

const ACCESS_RESTRICTIONS: Record<keyof typeof SERVICE_TOKENS, object[]> = {
  unrestricted: [],
  otherPlugin: [{ plugin: 'catalog' }],
  otherPermission: [
    { plugin: 'audit-trail', permission: 'audit-trail.access' },
  ],
  otherAction: [
    { plugin: 'audit-trail', permissionAttribute: { action: 'read' } },
  ],
  recording: [
    { plugin: 'audit-trail', permission: 'audit-trail.event.create' },
  ],
  creating: [
    { plugin: 'audit-trail', permissionAttribute: { action: 'create' } },
  ],
};

const CONFIG = {
  app: { baseUrl: 'http://localhost:3000' },
  auth: { providers: { portal: {} } },
  auditTrail: {
    // Events of tests are as old as they like.
    retention: false,
    owners: ['group:default/owners'],
    intake: { segment: { secret: SECRET } },
    segment: {
      // Nobody listens there.
      workspaces: [
        { slug: 'acme', token: 'token', endpoint: 'http://127.0.0.1:9' },
      ],
    },
  },
  backend: {
    auth: {
      externalAccess: Object.entries(SERVICE_TOKENS).map(([name, token]) => ({
        type: 'static',
        options: { token, subject: `deploys-${name}` },
        accessRestrictions:
          ACCESS_RESTRICTIONS[name as keyof typeof SERVICE_TOKENS],
      })),
    },
    database: { client: 'better-sqlite3', connection: ':memory:' },
  },
};

/** Signs in whom a trusted proxy names, as a user of the catalog. */
const portalSignIn = createBackendModule({
  pluginId: 'auth',
  moduleId: 'portal-sign-in',
  register(env) {
    env.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'portal',
          factory: createProxyAuthProviderFactory({
            authenticator: createProxyAuthenticator({
              defaultProfileTransform: async () => ({ profile: {} }),
              initialize: () => {},
              authenticate: async ({ req }) => ({
                result: { userRef: String(req.headers['x-portal-user']) },
              }),
            }),
            signInResolver: async ({ result }, context) =>
              context.signInWithCatalogUser({ entityRef: result.userRef }),
          }),
        });
      },
    });
  },
});

/** A portal whose way from a token to a decision has nothing mocked in it. */
export interface Portal {
  server: TestBackend['server'];
  /** Signs a user in, and gives their token. */
  signIn(userRef: string): Promise<string>;
  /** The token that a browser gets as a cookie instead of a user's own. */
  limitedToken(userToken: string): Promise<string>;
  /** A token of another plugin of the portal, for the Audit Trail. */
  pluginToken(options?: {
    targetPluginId?: string;
    /** Token of the user on whose behalf it asks. */
    onBehalfOf?: string;
  }): Promise<string>;
}

/**
 * Starts the plugin in a portal with Backstage's own authentication,
 * permissions, auth backend and permission backend. They reach each other by
 * HTTP.
 */
export async function startPortal(options: {
  /** The database of the Audit Trail. */
  knex: Knex;
  /** `auditTrail.access` in app-config. */
  access?: 'owners' | 'policy';
  /** `permission.enabled` in app-config; `true` if left out. */
  permissionsEnabled?: boolean;
  /** The stock one, which allows everything to everyone, if left out. */
  policy?: BackendFeature;
}): Promise<Portal> {
  const {
    knex,
    access = 'owners',
    permissionsEnabled = true,
    policy = permissionModuleAllowAllPolicy,
  } = options;
  let auth: AuthService;
  const otherPlugin = createBackendPlugin({
    pluginId: 'deploys',
    register(env) {
      env.registerInit({
        deps: { auth: coreServices.auth },
        async init(deps) {
          auth = deps.auth;
        },
      });
    },
  });
  const { server } = await startTestBackend({
    features: [
      authServiceFactory,
      httpAuthServiceFactory,
      httpRouterServiceFactory,
      permissionsRegistryServiceFactory,
      permissionsServiceFactory,
      userInfoServiceFactory,
      authBackend,
      portalSignIn,
      permissionBackend,
      policy,
      auditTrailPlugin,
      auditTrailModuleSegment,
      otherPlugin,
      catalogServiceMock.factory({ entities: [...USERS, ...ENTITIES] }),
      mockServices.rootConfig.factory({
        data: {
          ...CONFIG,
          auditTrail: { ...CONFIG.auditTrail, access },
          permission: { enabled: permissionsEnabled },
        },
      }),
      mockServices.scheduler.factory({
        includeInitialDelayedTasksOnStartup: true,
      }),
      createServiceFactory({
        service: coreServices.database,
        deps: {
          config: coreServices.rootConfig,
          lifecycle: coreServices.lifecycle,
          logger: coreServices.logger,
          plugin: coreServices.pluginMetadata,
        },
        createRootContext: ({ config }) => DatabaseManager.fromConfig(config),
        factory: ({ lifecycle, logger, plugin }, manager) =>
          plugin.getId() === 'audit-trail'
            ? mockServices.database({ knex })
            : manager.forPlugin(plugin.getId(), { lifecycle, logger }),
      }),
    ],
  });
  return {
    server,
    async signIn(userRef) {
      const { body } = await request(server)
        .get('/api/auth/portal/refresh')
        .set('X-Portal-User', userRef)
        .expect(200);
      return body.backstageIdentity.token;
    },
    async limitedToken(userToken) {
      const credentials = await auth.authenticate(userToken);
      const { token } = await auth.getLimitedUserToken(credentials as never);
      return token;
    },
    async pluginToken({ targetPluginId = 'audit-trail', onBehalfOf } = {}) {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: onBehalfOf
          ? await auth.authenticate(onBehalfOf)
          : await auth.getOwnServiceCredentials(),
        targetPluginId,
      });
      return token;
    },
  };
}
