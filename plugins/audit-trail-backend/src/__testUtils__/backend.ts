import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import auditTrailModuleSegment from 'backstage-plugin-audit-trail-backend-module-segment';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { auditTrailPlugin } from '../plugin';

export const SECRET = 'test-secret';
export const OWNER = 'user:default/olivia';
/** Owns the source `s1` by group, and nothing else. */
export const ENGINEER = 'user:default/emil';
/** Owns the source `s1` by a group above theirs, and nothing else. */
export const NESTED_ENGINEER = 'user:default/nils';
/** Owns nothing. */
export const STRANGER = 'user:default/sam';

/** Owns the source `s1` directly, and nothing else. */
export const DIRECT_OWNER = 'user:default/dora';
/** Owns the space `marketing`, and nothing that has events in the tests. */
export const OTHER_ENGINEER = 'user:default/mia';

/** Users, and the groups that they are members of themselves. */
export const CLAIMS: Record<string, string[]> = {
  [OWNER]: [OWNER, 'group:default/owners'],
  [ENGINEER]: [ENGINEER, 'group:default/web'],
  [NESTED_ENGINEER]: [NESTED_ENGINEER, 'group:default/web-checkout'],
  [STRANGER]: [STRANGER],
  [DIRECT_OWNER]: [DIRECT_OWNER],
  [OTHER_ENGINEER]: [OTHER_ENGINEER, 'group:default/marketing'],
};

function entity(
  name: string,
  annotations: Record<string, string>,
  ...owners: string[]
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name, annotations },
    relations: owners.map(targetRef => ({ type: 'ownedBy', targetRef })),
  };
}

/** The catalog, without its users. */
export const ENTITIES: Entity[] = [
  entity(
    'web-shop',
    { 'segment.com/source-id': 's1', 'segment.com/workspace': 'ws1' },
    'group:default/web',
    DIRECT_OWNER,
  ),
  entity(
    'orders',
    { 'segment.com/warehouse-id': 'w1, HpLcqdFbPX' },
    'group:default/data',
  ),
  entity(
    'audit-function',
    {
      'segment.com/source-id': 'LAn9KpdvNZ,audit_forwarding',
      'segment.com/workspace': 'VWDxzzIpI5',
    },
    'group:default/data',
  ),
  entity(
    'marketing',
    {
      'segment.com/space-id': 'default',
      'segment.com/workspace': 'VWDxzzIpI5',
    },
    'group:default/marketing',
  ),
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'web-checkout' },
    relations: [{ type: 'childOf', targetRef: 'group:default/web' }],
  },
];

/** The plugin and its Segment module as a portal runs them, on a database. */
export async function startTrailBackend(options: {
  knex: Knex;
  /** The portal's policy for reading events; it allows all if left out. */
  policy?: () => PolicyDecision;
  /** The portal's policy for other permissions; it allows all if left out. */
  permissions?: Record<string, AuthorizeResult.ALLOW | AuthorizeResult.DENY>;
  config?: { auditTrail?: object; [key: string]: unknown };
  /** Modules beside that of Segment. */
  features?: BackendFeature[];
}): Promise<TestBackend> {
  const {
    auditTrail = {
      owners: ['group:default/owners'],
      intake: { segment: { secret: SECRET } },
    },
    ...config
  } = options.config ?? {};
  const decide = options.policy ?? (() => ({ result: AuthorizeResult.ALLOW }));
  return startTestBackend({
    features: [
      auditTrailPlugin,
      auditTrailModuleSegment,
      mockServices.rootConfig.factory({
        data: {
          permission: { enabled: true },
          ...config,
          auditTrail: {
            // Events of tests are as old as they like.
            retention: false,
            ...auditTrail,
          },
        } as JsonObject,
      }),
      mockServices.scheduler.factory({
        includeInitialDelayedTasksOnStartup: true,
      }),
      mockServices.database.factory({ knex: options.knex }),
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () =>
          mockServices.userInfo.mock({
            getUserInfo: async credentials => {
              const { userEntityRef } = credentials.principal as {
                userEntityRef: string;
              };
              return {
                userEntityRef,
                ownershipEntityRefs: CLAIMS[userEntityRef] ?? [],
              };
            },
          }),
      }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () =>
          mockServices.permissions.mock({
            authorize: async requests =>
              requests.map(({ permission }) => ({
                result:
                  options.permissions?.[permission.name] ??
                  AuthorizeResult.ALLOW,
              })),
            authorizeConditional: async requests => requests.map(decide),
          }),
      }),
      catalogServiceMock.factory({ entities: ENTITIES }),
      ...(options.features ?? []),
    ],
  });
}
