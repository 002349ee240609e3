import {
  coreServices,
  createBackendPlugin,
  type HttpAuthService,
} from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import {
  auditTrailServiceRef,
  type AuditTrailService,
} from 'backstage-plugin-audit-trail-node';
import Router from 'express-promise-router';
import type { Knex } from 'knex';
import request from 'supertest';
import { OWNER, startTrailBackend } from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { waitUntil } from '../__testUtils__/waitUntil';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();
const ROLLED_BACK = {
  id: 'deployment.rolled-back',
  label: 'Deployment Rolled Back',
  category: { id: 'deployments', label: 'Deployments' },
  harmful: true,
};

/** A plugin of its own that records what it is asked to do. */
function deploysPlugin() {
  const parts = {} as { auditTrail: AuditTrailService; auth: HttpAuthService };
  const plugin = createBackendPlugin({
    pluginId: 'deploys',
    register(env) {
      env.registerInit({
        deps: {
          auditTrail: auditTrailServiceRef,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
        },
        async init({ auditTrail, httpAuth, httpRouter }) {
          parts.auditTrail = auditTrail;
          auditTrail.registerActivities([ROLLED_BACK]);
          const router = Router();
          router.post('/rollbacks/:name', async (req, res) => {
            const recorded = await auditTrail.record({
              type: 'deployment.rolled-back',
              actor: await httpAuth.credentials(req),
              resources: [
                { entityRef: `component:default/${req.params.name}` },
                'deploys:environment:production',
              ],
              changes: [{ path: 'version', before: '1.5.0', after: '1.4.0' }],
              details: { reason: 'errors', apiKey: 'k-4711-secret' },
            });
            res.json(recorded);
          });
          httpRouter.use(router);
        },
      });
    },
  });
  return { plugin, parts };
}

async function start(knex: Knex) {
  const { plugin, parts } = deploysPlugin();
  const { server } = await startTrailBackend({ knex, features: [plugin] });
  const get = async (path: string, user = OWNER) => {
    const { body } = await request(server)
      .get(`/api/audit-trail${path}`)
      .set('Authorization', mockCredentials.user.header(user))
      .expect(200);
    return body;
  };
  return { server, get, auditTrail: parts.auditTrail };
}

describe.each(databases.eachSupportedId())(
  'the recorder service on %s',
  databaseId => {
    let knex: Knex;
    let portal: Awaited<ReturnType<typeof start>>;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      portal = await start(knex);
      await waitUntil('the activities are registered', async () => {
        const { items } = await portal.get('/v1/activities');
        return items.some(({ id }: { id: string }) => id === ROLLED_BACK.id);
      });
    });

    it('records for a plugin, as that plugin, what somebody did there', async () => {
      const { body } = await request(portal.server)
        .post('/api/deploys/rollbacks/Shop')
        .set('Authorization', mockCredentials.user.header('user:default/emil'))
        .expect(200);
      const event: AuditEvent = await portal.get(`/v1/events/${body.id}`);
      expect(event).toMatchObject({
        type: 'deployment.rolled-back',
        label: 'Deployment Rolled Back',
        category: 'deployments',
        verb: 'rolled-back',
        harmful: true,
        outcome: 'succeeded',
        workspace: 'backstage',
        source: 'plugin:deploys',
        intakes: ['recorder'],
        actor: {
          type: 'user',
          id: 'user:default/emil',
          entityRef: 'user:default/emil',
        },
        resource: { key: 'entity:component:default/shop' },
        resources: [
          'entity:component:default/shop',
          'deploys:environment:production',
        ],
        changes: [{ path: 'version', before: '1.5.0', after: '1.4.0' }],
        details: {
          reason: 'errors',
          apiKey: expect.stringMatching(/^\[redacted:/),
        },
      });
    });

    it('gives registered activities a place in the filters, on every replica', async () => {
      const other = await start(knex);
      const { items, categories, unmapped } = await other.get('/v1/activities');
      expect(items).toContainEqual({
        id: 'deployment.rolled-back',
        label: 'Deployment Rolled Back',
        category: 'deployments',
        verb: 'rolled-back',
        harmful: true,
        aliases: [],
      });
      expect(categories).toContainEqual({
        id: 'deployments',
        label: 'Deployments',
      });
      // This replica has read what is registered: what comes now is not in it.
      portal.auditTrail.registerActivities([
        { ...ROLLED_BACK, id: 'deployment.paused', label: 'Deployment Paused' },
      ]);
      await waitUntil('the activity is registered', async () => {
        const now = await portal.get('/v1/activities');
        return now.items.some(
          ({ id }: { id: string }) => id === 'deployment.paused',
        );
      });
      const { id } = await other.auditTrail.record({
        type: 'Deployment Paused',
        actor: { type: 'service', id: 'ci' },
        resources: ['deploys:environment:production'],
      });
      expect(await portal.get(`/v1/events/${id}`)).toMatchObject({
        type: 'deployment.paused',
        label: 'Deployment Paused',
        category: 'deployments',
      });
      expect(unmapped).toEqual([]);
      const { types } = await portal.get(
        '/v1/events/facets?category=deployments',
      );
      expect(
        types
          .filter(({ value }: { value: string }) => /^deployment/.test(value))
          .map(({ label }: { label: string }) => label)
          .sort(),
      ).toEqual(['Deployment Paused', 'Deployment Rolled Back']);
    });

    it('records once what is recorded again, and much at once in few requests', async () => {
      const occurredAt = new Date('2026-11-01T00:00:00Z');
      const record = async (at: number) =>
        portal.auditTrail.record({
          sourceEventId: `deploy-${at % 100}`,
          type: 'deployment.finished',
          occurredAt,
          actor: { type: 'service', id: 'ci' },
          resources: ['deploys:environment:staging'],
        });
      const answers = await Promise.all(
        Array.from({ length: 200 }, async (_, at) => record(at)),
      );
      expect(new Set(answers.map(({ id }) => id)).size).toBe(100);
      const [{ count }] = await knex('audit_events')
        .where({ type: 'deployment.finished' })
        .count({ count: '*' });
      expect(Number(count)).toBe(100);
    });

    it('refuses a faulty event by the name of its field, and no other with it', async () => {
      const record = async (type: string) =>
        portal.auditTrail.record({
          type,
          actor: { type: 'service', id: 'ci' },
          resources: ['deploys:environment:staging'],
        });
      const [good, bad, alsoGood] = await Promise.allSettled([
        record('deployment.started'),
        record(''),
        record('deployment.stopped'),
      ]);
      expect([good.status, alsoGood.status]).toEqual([
        'fulfilled',
        'fulfilled',
      ]);
      expect(bad).toMatchObject({
        reason: {
          name: 'InputError',
          message: expect.stringContaining('type: must not be empty'),
        },
      });
    });
  },
);

const asService = (subject: string) =>
  mockCredentials.service.header({
    onBehalfOf: mockCredentials.service(subject),
    targetPluginId: 'audit-trail',
  });

describe('registering activities', () => {
  const put = async (
    server: Awaited<ReturnType<typeof start>>['server'],
    activity: object,
    subject = 'external:ci',
  ) =>
    request(server)
      .put('/api/audit-trail/v1/activities')
      .set('Authorization', asService(subject))
      .send({ activities: [{ ...ROLLED_BACK, ...activity }] });

  it.each<[object, RegExp]>([
    [{ id: 'warehouse.disabled' }, /activities\[0\]\.id: .*catalogue/],
    [{ id: 'No Id' }, /activities\[0\]\.id: must be an id/],
    [{ label: '' }, /activities\[0\]\.label: must not be empty/],
    [{ category: 'Not an id' }, /activities\[0\]\.category/],
    [{ colour: 'red' }, /colour/],
  ])('refuses %j', async (activity, message) => {
    const knex = await databases.init('SQLITE_3');
    const { server } = await start(knex);
    const { status, body } = await put(server, activity);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
    await waitUntil(
      'only the own activity is registered',
      async () => (await knex('audit_activities').select('id')).length === 1,
    );
  });

  it('leaves what another source has described as it is', async () => {
    const knex = await databases.init('SQLITE_3');
    const { server, get } = await start(knex);
    expect((await put(server, { id: 'order.placed' })).status).toBe(204);
    const taken = await put(
      server,
      { id: 'order.placed', label: 'Nothing To See' },
      'external:other',
    );
    expect(taken.status).toBe(409);
    expect((await put(server, { id: 'order.placed', label: 'B' })).status).toBe(
      204,
    );
    const { items } = await get('/v1/activities');
    expect(
      items.filter(({ id }: { id: string }) => id === 'order.placed'),
    ).toMatchObject([{ label: 'B' }]);
  });

  it('does not let others than plugins name their way in', async () => {
    const { server } = await start(await databases.init('SQLITE_3'));
    const { status, body } = await request(server)
      .post('/api/audit-trail/v1/events')
      .set('Authorization', asService('external:ci'))
      .send({ intake: 'auditor', events: [{}] });
    expect([status, body.error.message]).toEqual([
      400,
      'intake: must be one of http',
    ]);
  });
});
