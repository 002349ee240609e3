import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import {
  auditTrailEventReadPermission,
  type AuditEvent,
  type Destination,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEventInput } from 'backstage-plugin-audit-trail-node';
import {
  DeliveryRejectedError,
  DeliveryRetryError,
  DestinationGoneError,
} from 'backstage-plugin-audit-trail-node';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  notificationService,
  type NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import request from 'supertest';
import { OWNER, startTrailBackend } from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent, eventInput } from '../__testUtils__/events';
import {
  RecordingDestination,
  recordingModule,
} from '../__testUtils__/recordingForwarder';
import { waitUntil } from '../__testUtils__/waitUntil';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import {
  auditTrailConditions,
  createAuditTrailConditionalDecision,
} from '../permissions/conditionExports';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();
const BASE = '/api/audit-trail/v1';

describe.each(databases.eachSupportedId())('forwarding on %s', databaseId => {
  let knex: Knex;
  let receiver: RecordingDestination;
  const send = jest.fn<Promise<void>, [NotificationSendOptions]>();
  const backends: TestBackend[] = [];

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    receiver = new RecordingDestination();
    send.mockReset();
  });
  afterEach(async () => {
    await Promise.all(backends.splice(0).map(backend => backend.stop()));
  });

  async function start(
    destination: object = {},
    limits?: Parameters<typeof recordingModule>[1],
    policy?: Parameters<typeof startTrailBackend>[0]['policy'],
  ) {
    const backend = await startTrailBackend({
      knex,
      policy,
      features: [
        recordingModule({ data: receiver }, limits),
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({ send }),
        }),
      ],
      config: {
        app: { baseUrl: 'https://portal.example.com' },
        auditTrail: {
          owners: ['group:default/owners'],
          forwarding: {
            destinations: {
              data: {
                type: 'recording',
                title: 'Data',
                // What tests do with destinations is an event, too.
                filter: { 'not.category': 'audit-trail' },
                ...destination,
              },
            },
          },
        },
      },
    });
    backends.push(backend);
    return backend;
  }

  const ask = (
    backend: TestBackend,
    method: 'get' | 'post' | 'patch',
    path: string,
  ) =>
    request(backend.server)
      [method](`${BASE}${path}`)
      .set('Authorization', mockCredentials.user.header(OWNER));

  async function record(
    backend: TestBackend,
    events: Partial<AuditEventInput>[],
  ): Promise<string[]> {
    const { body } = await request(backend.server)
      .post(`${BASE}/events`)
      .set(
        'Authorization',
        mockCredentials.service.header({
          onBehalfOf: mockCredentials.service('external:deploys'),
          targetPluginId: 'audit-trail',
        }),
      )
      .send({ events: events.map(event => eventInput(event)) })
      .expect(201);
    return body.ids;
  }
  const some = (count: number, event: Partial<AuditEventInput> = {}) =>
    Array.from({ length: count }, () => event);

  const status = async (backend: TestBackend): Promise<Destination> =>
    (await ask(backend, 'get', '/destinations').expect(200)).body.items[0];
  const states = async () =>
    Object.fromEntries(
      (await knex('audit_deliveries').select('event_id', 'state', 'error')).map(
        ({ event_id, state, error }) => [event_id, [state, error]],
      ),
    );
  const sorted = (ids: string[]) => [...ids].sort();

  it('delivers what the filter chooses, in order, and tells what became of it', async () => {
    const backend = await start({
      filter: { harmful: true, 'not.workspace': ['own'] },
    });
    const ids = await record(backend, some(250));
    await record(backend, some(5, { type: 'Source Created' }));
    await waitUntil('all are delivered', () => receiver.ids.length === 250);
    expect(receiver.ids).toEqual(ids);
    expect(Math.max(...receiver.calls.map(call => call.length))).toBe(100);

    await waitUntil('nothing waits', async () => {
      const { pending } = await status(backend);
      return pending === 0;
    });
    const { hours, lastSuccessAt, ...shown } = await status(backend);
    expect(shown).toEqual({
      id: 'data',
      type: 'recording',
      title: 'Data',
      enabled: true,
      paused: false,
      filter: { harmful: true, not: { workspaces: ['own'] } },
      holdFailuresMinutes: 0,
      state: 'working',
      pending: 0,
      pendingCapped: false,
      lagSeconds: 0,
      deadLetters: 0,
    });
    expect(hours).toHaveLength(24);
    expect(hours.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(250);
    expect(Date.parse(lastSuccessAt!)).toBeGreaterThan(Date.now() - 60_000);

    const { body } = await ask(backend, 'get', `/deliveries?eventId=${ids[0]}`);
    expect(body.items).toMatchObject([
      {
        destinationId: 'data',
        eventId: ids[0],
        state: 'delivered',
        attempts: 0,
        event: { id: ids[0], type: 'warehouse.disabled' },
      },
    ]);
    const first = await ask(backend, 'get', '/deliveries?limit=100');
    const second = await ask(
      backend,
      'get',
      `/deliveries?limit=100&cursor=${first.body.pageInfo.nextCursor}`,
    );
    expect(
      [...first.body.items, ...second.body.items].map(
        (item: { eventId: string }) => item.eventId,
      ),
    ).toEqual([...ids].reverse().slice(0, 200));
  });

  it('leaves out what the forwarder skips, and who looked at the trail', async () => {
    const backend = await start({
      filter: { 'not.type': 'audit-trail.viewed' },
    });
    const [own] = await record(backend, [{ workspace: 'own' }]);
    const [other] = await record(backend, [{}]);
    await waitUntil('it is delivered', () => receiver.ids.length > 0);
    await ask(backend, 'get', '/events').expect(200);
    await waitUntil('both are done', async () => {
      const { pending } = await status(backend);
      return pending === 0;
    });
    expect(await states()).toEqual({
      [own]: ['skipped', 'Caused by forwarding'],
      [other]: ['delivered', null],
    });
  });

  it('gives up the one event that is refused, and sends it when asked to', async () => {
    const backend = await start();
    let poison: AuditEvent | undefined;
    receiver.answer = events => {
      poison = events.find(event => event.workspace === 'poison');
      if (poison) {
        throw new DeliveryRejectedError('400: too\r\nlarge');
      }
    };
    const ids = await record(backend, [
      ...some(60),
      { workspace: 'poison' },
      ...some(60),
    ]);
    await waitUntil('the others are delivered', async () => {
      return (
        receiver.ids.length === 120 && (await status(backend)).pending === 0
      );
    });
    expect(await status(backend)).toMatchObject({
      state: 'working',
      deadLetters: 1,
      lastError: '400: too large',
    });
    const { body } = await ask(
      backend,
      'get',
      '/deliveries?destination=data&state=dead',
    );
    expect(body.items).toMatchObject([
      { eventId: ids[60], state: 'dead', error: '400: too large' },
    ]);

    receiver.answer = undefined;
    const redrive = (what: object) =>
      ask(backend, 'post', '/deliveries/redrive').send({
        destination: 'data',
        ...what,
      });
    const none = await redrive({ filter: { workspaces: ['ws1'] } });
    expect(none.body).toEqual({ redriven: 0 });
    expect((await redrive({ eventIds: [ids[60]] })).body).toEqual({
      redriven: 1,
    });
    await waitUntil('it is delivered too', () => receiver.ids.length === 121);
    expect(sorted(receiver.ids)).toEqual(sorted(ids));
  });

  it('gives up nothing while a destination refuses everything', async () => {
    const backend = await start();
    receiver.answer = () => {
      throw new DeliveryRejectedError('404 Not Found');
    };
    const ids = await record(backend, some(40));
    await waitUntil('it is taken for a fault of the destination', async () => {
      return (await status(backend)).state === 'failing';
    });
    receiver.answer = undefined;
    await waitUntil(
      'the others are delivered',
      () => receiver.ids.length === 30,
    );
    expect((await status(backend)).deadLetters).toBe(10);
    await ask(backend, 'post', '/deliveries/redrive').send({
      destination: 'data',
    });
    await waitUntil('all are delivered', () => receiver.ids.length === 40);
    expect(sorted(receiver.ids)).toEqual(sorted(ids));
  });

  it('goes on around an event that fails alone, until its time is over', async () => {
    const backend = await start({ giveUpAfter: { milliseconds: 1 } });
    receiver.answer = events => {
      if (events.some(event => event.workspace === 'poison')) {
        throw new DeliveryRetryError('500');
      }
    };
    const ids = await record(backend, [
      ...some(20),
      { workspace: 'poison' },
      ...some(20),
    ]);
    await waitUntil(
      'the others are delivered',
      () => receiver.ids.length === 40,
      60,
    );
    await waitUntil('it is given up', async () => {
      return (await status(backend)).deadLetters === 1;
    });
    expect((await states())[ids[20]]).toEqual(['dead', '500']);
  });

  it('keeps everything while a destination is away, and honours Retry-After', async () => {
    const backend = await start();
    const calls: number[] = [];
    receiver.answer = () => {
      calls.push(Date.now());
      if (calls.length === 1) {
        throw new DeliveryRetryError('429', { retryAfterMs: 3_000 });
      }
      if (calls.length < 4) {
        throw new Error('socket hang up');
      }
    };
    const ids = await record(backend, some(150));
    await waitUntil('it is known to fail', async () => {
      const { state, lastError, retryAt } = await status(backend);
      return state === 'failing' && lastError === '429' && Boolean(retryAt);
    });
    await waitUntil('all are delivered', () => receiver.ids.length === 150, 60);
    expect(calls[1] - calls[0]).toBeGreaterThanOrEqual(3_000);
    expect(sorted(receiver.ids)).toEqual(sorted(ids));
    await waitUntil('all is well', async () => {
      const { state, deadLetters } = await status(backend);
      return state === 'working' && deadLetters === 0;
    });
  });

  it('keeps what waits while it is paused, and drops it when it is switched off', async () => {
    const backend = await start();
    const change = (changes: object) =>
      ask(backend, 'patch', '/destinations/data').send(changes).expect(200);
    expect((await change({ paused: true })).body.state).toBe('paused');
    const kept = await record(backend, some(3));
    expect(await status(backend)).toMatchObject({ pending: 3 });
    await change({ paused: false });
    await waitUntil('they are delivered', () => receiver.ids.length === 3);
    expect(receiver.ids).toEqual(kept);

    await change({ paused: true });
    const [dropped] = await record(backend, [{}]);
    expect((await change({ enabled: false })).body.state).toBe('off');
    const [unseen] = await record(backend, [{}]);
    await change({ enabled: true, paused: false });
    const [seen] = await record(backend, [{}]);
    await waitUntil('it is delivered', () => receiver.ids.includes(seen));
    expect(receiver.ids).toEqual([...kept, seen]);
    const all = await states();
    expect(all[dropped]).toEqual([
      'skipped',
      'The destination was switched off',
    ]);
    expect(all[unseen]).toBeUndefined();
  });

  it('stops at a destination that wants no more, and keeps its queue', async () => {
    const backend = await start();
    receiver.answer = () => {
      throw new DestinationGoneError('410 Gone');
    };
    const ids = await record(backend, some(5));
    await waitUntil('it is known to be gone', async () => {
      return (await status(backend)).state === 'gone';
    });
    await waitUntil('the trail says so', async () => {
      const { body } = await ask(
        backend,
        'get',
        '/events?type=audit-trail.destination-failed',
      );
      return body.totalItems === 1;
    });
    const told = () =>
      send.mock.calls.map(([{ recipients, payload }]) => [
        recipients,
        payload.title,
        payload.severity,
      ]);
    const owners = { type: 'entity', entityRef: ['group:default/owners'] };
    await waitUntil('the Owners are told', () => told().length === 1);
    receiver.answer = undefined;
    expect(receiver.ids).toEqual([]);
    await ask(backend, 'patch', '/destinations/data').send({ enabled: true });
    await waitUntil('all are delivered', () =>
      ids.every(id => receiver.ids.includes(id)),
    );
    await waitUntil('the Owners are told again', () => told().length === 2);
    expect(told()).toEqual([
      [owners, 'The Audit Trail no longer reaches Data', 'high'],
      [owners, 'The Audit Trail reaches Data again', 'normal'],
    ]);
  });

  it('tells the Owners of a destination that fails for minutes, once', async () => {
    const backend = await start();
    receiver.answer = () => {
      throw new DeliveryRetryError('503');
    };
    await record(backend, some(2));
    await waitUntil('it fails', async () => {
      return (await status(backend)).state === 'failing';
    });
    expect(send).not.toHaveBeenCalled();
    await knex('audit_destination_status').update({
      failing_since: new Date(Date.now() - 6 * 60_000),
    });
    await waitUntil('they are told', () => send.mock.calls.length === 1);
    receiver.answer = undefined;
    await waitUntil('it works again', () => receiver.ids.length === 2);
    await waitUntil('they are told', () => send.mock.calls.length === 2);
  });

  it('sends earlier events from a moment on, once each', async () => {
    const earlier = Array.from({ length: 2_300 }, () => auditEvent());
    await DatabaseAuditEventsStore.create({ knex }).append(earlier);
    const backend = await start({}, { maxEvents: 1_000 });
    const recent = await record(backend, some(2));
    await waitUntil('only new ones are sent', () => receiver.ids.length === 2);
    expect(receiver.ids).toEqual(recent);

    const from = earlier[100].occurredAt;
    await ask(backend, 'patch', '/destinations/data')
      .send({ backfillFrom: from })
      .expect(200);
    await waitUntil(
      'the earlier ones are sent',
      () => receiver.ids.length >= 2_202,
    );
    await waitUntil('it is over', async () => {
      const { backfill, pending } = await status(backend);
      return backfill === undefined && pending === 0;
    });
    expect(sorted(receiver.ids)).toEqual(
      sorted([...recent, ...earlier.slice(100).map(({ id }) => id)]),
    );
  });

  it('does not send a failed run that succeeds meanwhile', async () => {
    const backend = await start({ holdFailuresMinutes: 10 });
    const run = (type: string, resource: string, minute: number) => ({
      type,
      resource: { key: `segment:warehouse:${resource}` },
      occurredAt: `2026-06-01T00:0${minute}:00Z`,
    });
    const [mended, broken] = await record(backend, [
      run('Warehouse Run Failed', 'mended', 1),
      run('Warehouse Run Failed', 'broken', 2),
    ]);
    const [success] = await record(backend, [
      run('Warehouse Run Succeeded', 'mended', 3),
    ]);
    await waitUntil('the success is sent', () => receiver.ids.length === 1);
    expect(receiver.ids).toEqual([success]);
    // Ten minutes later.
    await knex('audit_deliveries')
      .where({ state: 'pending' })
      .update({ at: new Date(Date.now() - 1) });
    await waitUntil(
      'the failure that stays is sent',
      () => receiver.ids.length === 2,
    );
    expect(receiver.ids).toEqual([success, broken]);
    expect((await states())[mended]).toEqual([
      'skipped',
      'A run succeeded at 2026-06-01T00:03:00.000Z',
    ]);
  });

  it('delivers on one replica at a time, and goes on when that one stops', async () => {
    const first = await start({}, { maxEvents: 7 });
    const second = await start({}, { maxEvents: 7 });
    let calling = 0;
    let most = 0;
    receiver.answer = async () => {
      calling++;
      most = Math.max(most, calling);
      await new Promise(resolve => setTimeout(resolve, 2));
      calling--;
    };
    const ids = await record(first, some(300));
    await waitUntil('half are delivered', () => receiver.ids.length > 150);
    await first.stop();
    ids.push(...(await record(second, some(50))));
    await waitUntil('all are delivered', () => receiver.ids.length >= 350);
    expect(receiver.ids).toEqual(ids);
    expect(most).toBe(1);
  });

  it('takes over from a replica that is gone, whose word no longer counts', async () => {
    const backend = await start({}, { maxEvents: 10 });
    let taken = false;
    receiver.answer = async () => {
      if (!taken) {
        taken = true;
        // Another one takes over while the call is under way, and dies.
        await knex('audit_destination_status').update({
          holder: 'another',
          fence: knex.raw('fence + 1'),
          held_until: new Date(Date.now() + 1_500),
        });
      }
    };
    const ids = await record(backend, some(10));
    await waitUntil(
      'they are delivered again',
      () => receiver.calls.length === 2,
    );
    expect(receiver.calls).toEqual([ids, ids]);
    await waitUntil(
      'nothing waits',
      async () => (await status(backend)).pending === 0,
    );
  });

  it('leaves no delivery of an append that is undone', async () => {
    await start();
    const store = DatabaseAuditEventsStore.create({
      knex,
      listener: {
        appending: async (tx, [event]) => {
          await tx('audit_deliveries').insert({
            destination_id: 'data',
            event_id: event.id,
            state: 'pending',
            queued_at: new Date(),
            at: new Date(),
            attempts: 0,
          });
          throw new Error('undone');
        },
        appended: jest.fn(),
      },
    });
    await expect(store.append([auditEvent()])).rejects.toMatchObject({
      message: 'undone',
    });
    expect(await knex('audit_deliveries')).toEqual([]);
    expect(await knex('audit_events')).toEqual([]);
  });

  it('tests a destination with an event that is stored nowhere', async () => {
    const backend = await start();
    const seen: unknown[] = [];
    receiver.answer = ([event], { test }) => {
      seen.push([event.type, event.details, test]);
      if (seen.length > 1) {
        throw new DeliveryRetryError('503 Service Unavailable');
      }
    };
    const test = () => ask(backend, 'post', '/destinations/data/test');
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

  it('records in the trail what Owners do with it', async () => {
    const backend = await start();
    await ask(backend, 'patch', '/destinations/data').send({
      filter: { harmful: true },
    });
    await ask(backend, 'patch', '/destinations/data').send({ enabled: false });
    await ask(backend, 'post', '/destinations/data/test');
    await ask(backend, 'post', '/deliveries/redrive').send({
      destination: 'data',
    });
    const { body } = await ask(
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
          type: 'audit-trail.destination-disabled',
          changes: [{ path: 'enabled', before: true, after: false }],
          harmful: true,
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
      ].map(event => ({
        ...event,
        actor: OWNER,
        resource: 'backstage:audit-trail-destination:data',
      })),
    );
  });

  it('tells an Owner whom the policy limits of no other deliveries', async () => {
    const backend = await start({}, undefined, () =>
      createAuditTrailConditionalDecision(
        auditTrailEventReadPermission,
        auditTrailConditions.hasWorkspace({ workspaces: ['seen'] }),
      ),
    );
    receiver.answer = () => {
      throw new DeliveryRejectedError('400');
    };
    const ids = await record(backend, [
      { workspace: 'seen' },
      { workspace: 'hidden' },
    ]);
    await waitUntil('both are given up', async () => {
      return (await status(backend)).deadLetters === 2;
    });
    const listed = await ask(backend, 'get', '/deliveries?destination=data');
    expect(
      listed.body.items.map(({ eventId }: { eventId: string }) => eventId),
    ).toEqual([ids[0]]);
    receiver.answer = undefined;
    const redriven = await ask(backend, 'post', '/deliveries/redrive').send({
      destination: 'data',
    });
    expect(redriven.body).toEqual({ redriven: 1 });
    await waitUntil('it is delivered', () => receiver.ids.length === 1);
    expect(receiver.ids).toEqual([ids[0]]);
  });

  it('refuses what it does not understand, and names the field', async () => {
    const backend = await start();
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
      ['patch', '/destinations/data', { backfillFrom: 'x' }, /^backfillFrom: /],
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
      const response = await ask(backend, method, path).send(body);
      expect({ path, body, status: response.status }).toEqual({
        path,
        body,
        status: 400,
      });
      expect(response.body.error.message).toMatch(message);
    }
    expect((await ask(backend, 'post', '/destinations/x/test')).status).toBe(
      404,
    );
  });
});

describe('a transaction that commits late', () => {
  // SQLite has one writer at a time.
  it.each(databases.eachSupportedId().filter(([id]) => id !== 'SQLITE_3'))(
    'is forwarded, and holds nothing up meanwhile, on %s',
    async databaseId => {
      const knex = await databases.init(databaseId);
      const receiver = new RecordingDestination();
      const backend = await startTrailBackend({
        knex,
        features: [recordingModule({ data: receiver })],
        config: {
          app: { baseUrl: 'https://portal.example.com' },
          auditTrail: {
            forwarding: { destinations: { data: { type: 'recording' } } },
          },
        },
      });
      const late = auditEvent();
      const prompt = auditEvent();
      const deliver = async (tx: Knex, { id }: AuditEvent) => {
        await tx('audit_deliveries').insert({
          destination_id: 'data',
          event_id: id,
          state: 'pending',
          queued_at: new Date(),
          at: new Date(),
          attempts: 0,
        });
      };
      let commit = () => {};
      const held = new Promise<void>(resolve => {
        commit = resolve;
      });
      let begun = () => {};
      const isBegun = new Promise<void>(resolve => {
        begun = resolve;
      });
      const slow = DatabaseAuditEventsStore.create({
        knex,
        listener: {
          appending: async (tx, [event]) => {
            await deliver(tx, event);
            begun();
            await held;
          },
          appended: jest.fn(),
        },
      }).append([late]);
      await isBegun;
      await DatabaseAuditEventsStore.create({
        knex,
        listener: {
          appending: (tx, [event]) => deliver(tx, event),
          appended: jest.fn(),
        },
      }).append([prompt]);
      await waitUntil('the later one is sent', () => receiver.ids.length === 1);
      expect(receiver.ids).toEqual([prompt.id]);
      commit();
      await slow;
      await waitUntil('the late one is sent', () => receiver.ids.length === 2);
      expect(receiver.ids).toEqual([prompt.id, late.id]);
      await backend.stop();
    },
  );
});
