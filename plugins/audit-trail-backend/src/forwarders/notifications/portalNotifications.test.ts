import {
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import notificationsBackend from '@backstage/plugin-notifications-backend';
import {
  notificationService,
  type NotificationService,
} from '@backstage/plugin-notifications-node';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import type { Forwarder } from 'backstage-plugin-audit-trail-node';
import request from 'supertest';
import { auditEvent } from '../../__testUtils__/events';
import { HOSTILE_TEXTS } from '../__testUtils__/hostileTexts';
import { createNotificationsForwarderFactory } from './createNotificationsForwarderFactory';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const PORTAL = 'http://localhost:3000';
const EMIL = 'user:default/emil';
const NILS = 'user:default/nils';

const group = (name: string, relations: Entity['relations']): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
  relations,
});

/** A group with a member, and one below it with another. */
const ENTITIES = [
  group('web', [
    { type: 'hasMember', targetRef: EMIL },
    { type: 'parentOf', targetRef: 'group:default/web-checkout' },
  ]),
  group('web-checkout', [{ type: 'hasMember', targetRef: NILS }]),
];

/** A portal with these features, and a forwarder to its notifications. */
async function startPortal(features: BackendFeature[]) {
  let notifications: NotificationService;
  const backend = await startTestBackend({
    features: [
      ...features,
      createBackendPlugin({
        pluginId: 'audit-trail',
        register: env =>
          env.registerInit({
            deps: { notifications: notificationService },
            async init(deps) {
              notifications = deps.notifications;
            },
          }),
      }),
    ],
  });
  const forwarder = createNotificationsForwarderFactory({
    appBaseUrl: PORTAL,
    notifications: notifications!,
    ownersOf: async keys =>
      keys.includes('segment:source:s1') ? ['group:default/web'] : [NILS],
    trailOwners: [],
    trailUrl: params => `${PORTAL}/audit-trail?${params}`,
  }).create({
    config: new ConfigReader({ type: 'notifications' }),
    destinationId: 'owners',
    eventUrl: id => `${PORTAL}/audit-trail/events/${id}`,
    logger: mockServices.logger.mock(),
  });
  return { backend, forwarder };
}

describe.each(databases.eachSupportedId())(
  "the portal's notifications on %s",
  databaseId => {
    let backend: TestBackend;
    let forwarder: Forwarder;
    const { signal } = new AbortController();
    const forward = (...events: AuditEvent[]) =>
      forwarder.forward({ events, signal });

    const listOf = async (user: string) => {
      const { body } = await request(backend.server)
        .get('/api/notifications')
        .set('Authorization', mockCredentials.user.header(user))
        .expect(200);
      return body.notifications as {
        id: string;
        origin: string;
        read?: string;
        payload: { title: string; description: string; link: string };
      }[];
    };
    const titlesOf = async (user: string) =>
      (await listOf(user)).map(({ payload }) => payload.title).sort();

    beforeEach(async () => {
      ({ backend, forwarder } = await startPortal([
        notificationsBackend,
        mockServices.rootConfig.factory({ data: { app: { baseUrl: PORTAL } } }),
        mockServices.database.factory({
          knex: await databases.init(databaseId),
        }),
        catalogServiceMock.factory({ entities: ENTITIES }),
      ]));
    });
    afterEach(() => backend.stop());

    const onSource = (name: string) =>
      auditEvent({
        type: 'Source Modified',
        resource: { key: 'segment:source:s1', name },
      });
    const onSpace = (name: string) =>
      auditEvent({
        type: 'Space Modified',
        resource: { key: 'segment:space:p1', name },
      });

    it('reach the members of groups, and of those below', async () => {
      const event = onSource('shop');
      await forward(event, onSpace('loyalty'));
      expect(await listOf(EMIL)).toEqual([
        expect.objectContaining({
          origin: 'plugin:audit-trail',
          payload: expect.objectContaining({
            title: 'shop was modified by Jo Miller',
            link: `/audit-trail/events/${event.id}`,
            severity: 'normal',
            topic: 'other activity',
          }),
        }),
      ]);
      expect(await titlesOf(NILS)).toEqual([
        'loyalty was modified by Jo Miller',
        'shop was modified by Jo Miller',
      ]);
    });

    it('are not doubled by a redelivery, with later events or without', async () => {
      const [first, second, third] = ['a', 'b', 'c'].map(onSource);
      await forward(first, second);
      const [before] = await listOf(EMIL);
      await forward(first, second);
      expect((await listOf(EMIL)).map(({ id }) => id)).toEqual([before.id]);
      await forward(first, second, third);
      expect(await listOf(EMIL)).toEqual([
        expect.objectContaining({
          id: before.id,
          payload: expect.objectContaining({
            title: '3 audit events on what you own',
          }),
        }),
      ]);
      await forward(onSource('d'));
      expect(await titlesOf(EMIL)).toEqual([
        '3 audit events on what you own',
        'd was modified by Jo Miller',
      ]);
    });

    it('are taken and kept whatever things are called', async () => {
      for (const text of HOSTILE_TEXTS) {
        const event: AuditEvent = { ...onSource(text), label: text };
        event.actor = { type: 'user', id: 'u', name: text };
        await forward(event);
        await forward(event, onSource('x'));
      }
      expect(await listOf(EMIL)).toHaveLength(HOSTILE_TEXTS.length);
    });
  },
);

it('are tried again if the portal has none', async () => {
  const { backend, forwarder } = await startPortal([]);
  await expect(
    forwarder.forward({
      events: [auditEvent()],
      signal: new AbortController().signal,
    }),
  ).rejects.toMatchObject({
    name: 'DeliveryRetryError',
    message: expect.stringContaining('404'),
  });
  await backend.stop();
});
