import {
  auditTrailEventReadPermission,
  type AuditEvent,
} from 'backstage-plugin-audit-trail-common';
import {
  DeliveryRejectedError,
  DeliveryRetryError,
} from 'backstage-plugin-audit-trail-node';
import { OWNER } from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { waitUntil } from '../__testUtils__/waitUntil';
import {
  auditTrailConditions,
  createAuditTrailConditionalDecision,
} from '../permissions/conditionExports';
import { some, TestForwarding } from './__testUtils__/TestForwarding';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();

describe.each(databases.eachSupportedId())(
  'what Owners do with destinations on %s',
  databaseId => {
    let forwarding: TestForwarding;

    beforeEach(async () => {
      forwarding = await TestForwarding.create(databases, databaseId);
    });
    afterEach(() => forwarding.stopAll());

    it('keeps what waits while it is paused, and drops it when it is switched off', async () => {
      const backend = await forwarding.start();
      const change = (changes: object) =>
        forwarding
          .ask(backend, 'patch', '/destinations/data')
          .send(changes)
          .expect(200);
      expect((await change({ paused: true })).body.state).toBe('paused');
      const kept = await forwarding.record(backend, some(3));
      expect(await forwarding.status(backend)).toMatchObject({ pending: 3 });
      await change({ paused: false });
      await waitUntil(
        'they are delivered',
        () => forwarding.receiver.ids.length === 3,
      );
      expect(forwarding.receiver.ids).toEqual(kept);

      await change({ paused: true });
      const [dropped] = await forwarding.record(backend, [{}]);
      expect((await change({ enabled: false })).body.state).toBe('off');
      const [unseen] = await forwarding.record(backend, [{}]);
      await change({ enabled: true, paused: false });
      const [seen] = await forwarding.record(backend, [{}]);
      await waitUntil('it is delivered', () =>
        forwarding.receiver.ids.includes(seen),
      );
      expect(forwarding.receiver.ids).toEqual([...kept, seen]);
      const all = await forwarding.states();
      expect(all[dropped]).toEqual([
        'skipped',
        'The destination was switched off',
      ]);
      expect(all[unseen]).toBeUndefined();
    });

    it('tests a destination with an event that is stored nowhere', async () => {
      const backend = await forwarding.start();
      const seen: unknown[] = [];
      forwarding.receiver.answer = ([event], { test }) => {
        seen.push([event.type, event.details, test]);
        if (seen.length > 1) {
          throw new DeliveryRetryError('503 Service Unavailable');
        }
      };
      const test = () =>
        forwarding.ask(backend, 'post', '/destinations/data/test');
      expect((await test()).body).toEqual({
        delivered: true,
        proves: ['The destination took the test event.'],
        doesNotProve: [],
      });
      expect(seen).toEqual([
        [
          'audit-trail.destination-tested',
          { test: true, note: 'A test. Nothing has happened.' },
          true,
        ],
      ]);
      expect((await test()).body).toMatchObject({
        delivered: false,
        error: '503 Service Unavailable',
      });
    });

    it('tells no secrets that a destination quotes in its answer to a test', async () => {
      const backend = await forwarding.start();
      const secret = `ghp_${'a1B2c3D4'.repeat(5).slice(0, 36)}`;
      forwarding.receiver.answer = () => {
        throw new DeliveryRetryError(`400 for\n${secret}${' x'.repeat(500)}`);
      };
      const { body } = await forwarding.ask(
        backend,
        'post',
        '/destinations/data/test',
      );
      expect(body.error).toMatch(/^400 for /);
      expect(body.error).not.toContain(secret);
      expect(body.error.length).toBeLessThanOrEqual(500);
    });

    it('sends no dead letters again while it is switched off, and loses none', async () => {
      const backend = await forwarding.start();
      forwarding.receiver.answer = () => {
        throw new DeliveryRejectedError('400');
      };
      const ids = await forwarding.record(backend, some(2));
      await waitUntil('both are given up', async () => {
        return (await forwarding.status(backend)).deadLetters === 2;
      });
      await forwarding.change(backend, { enabled: false });
      const redrive = () =>
        forwarding
          .ask(backend, 'post', '/deliveries/redrive')
          .send({ destination: 'data' });
      const refused = await redrive();
      expect(refused.status).toBe(409);
      expect(refused.body.error.message).toBe(
        'destination: Data is switched off, and sends nothing; switch it on first',
      );
      expect((await forwarding.status(backend)).deadLetters).toBe(2);
      forwarding.receiver.answer = undefined;
      await forwarding.change(backend, { enabled: true });
      expect((await redrive()).body).toEqual({ redriven: 2 });
      await waitUntil('both are delivered', () =>
        ids.every(id => forwarding.receiver.ids.includes(id)),
      );
    });

    it('records in the trail what Owners do with it', async () => {
      const backend = await forwarding.start();
      await forwarding.ask(backend, 'patch', '/destinations/data').send({
        filter: { harmful: true },
      });
      await forwarding.ask(backend, 'post', '/destinations/data/test');
      await forwarding.ask(backend, 'post', '/deliveries/redrive').send({
        destination: 'data',
      });
      await forwarding
        .ask(backend, 'patch', '/destinations/data')
        .send({ enabled: false });
      const { body } = await forwarding.ask(
        backend,
        'get',
        '/events?category=audit-trail&not.type=audit-trail.viewed&order=asc',
      );
      expect(
        body.items.map(
          ({ type, actor, resource, changes, harmful }: AuditEvent) => ({
            type,
            actor: actor.id,
            resource: resource.key,
            changes,
            harmful,
          }),
        ),
      ).toEqual(
        [
          {
            type: 'audit-trail.destination-modified',
            changes: [
              {
                path: 'filter',
                before: 'not.category=audit-trail',
                after: 'harmful=true',
              },
            ],
            harmful: false,
          },
          {
            type: 'audit-trail.destination-tested',
            changes: undefined,
            harmful: false,
          },
          {
            type: 'audit-trail.deliveries-redriven',
            changes: undefined,
            harmful: false,
          },
          {
            type: 'audit-trail.destination-disabled',
            changes: [{ path: 'enabled', before: true, after: false }],
            harmful: true,
          },
        ].map(event => ({
          ...event,
          actor: OWNER,
          resource: 'backstage:audit-trail-destination:data',
        })),
      );
    });

    it('tells an Owner whom the policy limits of no other deliveries', async () => {
      const backend = await forwarding.start({}, undefined, {
        policy: () =>
          createAuditTrailConditionalDecision(
            auditTrailEventReadPermission,
            auditTrailConditions.hasWorkspace({ workspaces: ['seen'] }),
          ),
      });
      forwarding.receiver.answer = () => {
        throw new DeliveryRejectedError('400');
      };
      const ids = await forwarding.record(backend, [
        { workspace: 'seen' },
        { workspace: 'hidden' },
      ]);
      await waitUntil('both are given up', async () => {
        return (await forwarding.status(backend)).deadLetters === 2;
      });
      const listed = await forwarding.ask(
        backend,
        'get',
        '/deliveries?destination=data',
      );
      expect(
        listed.body.items.map(({ eventId }: { eventId: string }) => eventId),
      ).toEqual([ids[0]]);
      forwarding.receiver.answer = undefined;
      const redriven = await forwarding
        .ask(backend, 'post', '/deliveries/redrive')
        .send({
          destination: 'data',
        });
      expect(redriven.body).toEqual({ redriven: 1 });
      await waitUntil(
        'it is delivered',
        () => forwarding.receiver.ids.length === 1,
      );
      expect(forwarding.receiver.ids).toEqual([ids[0]]);
    });

    it('refuses what it does not understand, and names the field', async () => {
      const backend = await forwarding.start();
      for (const [method, path, body, message] of [
        ['patch', '/destinations/data', { paused: 'yes' }, /^paused: /],
        ['patch', '/destinations/data', { enable: true }, /Unrecognized key/],
        ['patch', '/destinations/data', { filter: { type: 'x' } }, /^filter: /],
        [
          'patch',
          '/destinations/data',
          { filter: { outcomes: ['gone'] } },
          /^filter: outcome: "gone" is none of/,
        ],
        [
          'patch',
          '/destinations/data',
          { backfillFrom: 'x' },
          /^backfillFrom: /,
        ],
        [
          'patch',
          '/destinations/data',
          { holdFailuresMinutes: 1.5 },
          /^holdFailuresMinutes: /,
        ],
        ['post', '/deliveries/redrive', {}, /^destination: /],
        [
          'post',
          '/deliveries/redrive',
          { destination: 'data', eventIds: ["' or 1=1"] },
          /^eventIds.0: must be the id of an event/,
        ],
        ['get', '/deliveries?state=lost', {}, /^state: /],
        ['get', '/deliveries?cursor=x', {}, /^cursor: /],
      ] as const) {
        const response = await forwarding.ask(backend, method, path).send(body);
        expect({ path, body, status: response.status }).toEqual({
          path,
          body,
          status: 400,
        });
        expect(response.body.error.message).toMatch(message);
      }
      expect(
        (await forwarding.ask(backend, 'post', '/destinations/x/test')).status,
      ).toBe(404);
    });
  },
);
