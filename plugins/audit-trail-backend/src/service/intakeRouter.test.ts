import { gzipSync } from 'node:zlib';
import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import request from 'supertest';
import { OWNER, startTrailBackend } from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { eventInput } from '../__testUtils__/events';
import { RECORDED_DELIVERIES, sign } from '../__testUtils__/segment';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();

const EVENTS = '/api/audit-trail/v1/events';
const SEGMENT = '/api/audit-trail/v1/intake/segment';

const serviceHeader = (subject = 'external:deploys') =>
  mockCredentials.service.header({
    onBehalfOf: mockCredentials.service(subject),
    targetPluginId: 'audit-trail',
  });

describe.each(databases.eachSupportedId())('intake on %s', databaseId => {
  let backend: TestBackend;
  let knex: Knex;
  let stored: () => Promise<any[]>;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    backend = await startTrailBackend({ knex });
    stored = () => knex('audit_events').orderBy('id').pluck('id');
  });

  const post = (events: unknown, to = backend) =>
    request(to.server)
      .post(EVENTS)
      .set('Authorization', serviceHeader())
      .send({ events } as object);
  const deliver = (body: unknown, signature?: string) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return request(backend.server)
      .post(SEGMENT)
      .set('Authorization', mockCredentials.none.header())
      .set('Content-Type', 'application/json')
      .set('X-Signature', signature ?? sign(text))
      .send(text);
  };
  const find = async (query: string) => {
    const response = await request(backend.server)
      .get(`${EVENTS}?${query}`)
      .set('Authorization', mockCredentials.user.header(OWNER));
    expect(response.body).toMatchObject({ items: expect.anything() });
    return response.body.items;
  };

  describe('POST /v1/events', () => {
    it('takes a batch of a service, once', async () => {
      const events = [
        eventInput({ details: { a: 1 }, severity: 'high' }),
        eventInput({ type: 'deploy.rolled-back', workspace: undefined }),
        eventInput({ sourceEventId: undefined }),
      ];
      const first = await post(events);
      expect(first.status).toBe(201);
      expect(first.body).toMatchObject({ accepted: 3, duplicates: 0 });
      expect(first.body.ids).toHaveLength(3);

      const second = await post([...events, events[0]]);
      expect(second.body).toMatchObject({ accepted: 0, duplicates: 4 });
      expect(second.body.ids.slice(0, 3)).toEqual(first.body.ids);

      const [event] = await find('type=deploy.rolled-back');
      expect(event).toMatchObject({
        id: first.body.ids[1],
        source: 'external:deploys',
        intakes: ['http'],
        workspace: 'backstage',
        category: 'unmapped',
        outcome: 'succeeded',
      });
    });

    it('makes one event of a hundred posts of it at once on three replicas', async () => {
      const replicas = [
        backend,
        await startTrailBackend({ knex }),
        await startTrailBackend({ knex }),
      ];
      const before = await stored();
      const event = eventInput();
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, at) =>
          post([event], replicas[at % replicas.length]),
        ),
      );
      await replicas[1].stop();
      await replicas[2].stop();
      expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(201));
      const told = answers.map(({ body }) => body);
      const ids = new Set(told.flatMap(body => body.ids));
      expect(ids.size).toBe(1);
      expect(told.every(body => body.ids.length === 1)).toBe(true);
      // Told to one of them as new, and to the others as known.
      expect(told.map(({ accepted }) => accepted).sort()).toEqual([
        ...Array(99).fill(0),
        1,
      ]);
      expect(told.map(({ duplicates }) => duplicates).sort()).toEqual([
        0,
        ...Array(99).fill(1),
      ]);
      const [id] = ids;
      expect(await stored()).toEqual([...before, id].sort());
      expect(
        await knex('audit_event_resources').where({ event_id: id }),
      ).toHaveLength(1);
    });

    it('takes 1,000 events and answers callers at once each for their own', async () => {
      const big = await post(Array.from({ length: 1_000 }, () => eventInput()));
      expect(big.body).toMatchObject({ accepted: 1_000 });

      const events = Array.from({ length: 30 }, () => eventInput());
      const answers = await Promise.all(
        events.flatMap(event => [post([event]), post([event])]),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(60).fill(201));
      const accepted = answers.map(({ body }) => body.accepted);
      expect(accepted.reduce((a, b) => a + b, 0)).toBe(30);
    });

    const deep = (levels: number): object =>
      levels > 0 ? { in: deep(levels - 1) } : {};
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, n]));

    it.each<[string, unknown, RegExp]>([
      ['no list', 'x', /^events: must be a list of at least one event/],
      ['an empty list', [], /^events: must be a list of at least one event/],
      [
        'too many events',
        Array.from({ length: 1_001 }, () => ({})),
        /^events: a batch has at most 1000 events, this one 1001/,
      ],
      ['no object', [5], /^events\[0\]: .*expected object/],
      [
        'missing fields',
        [eventInput(), { type: 'x' }],
        /^events\[1\]\.occurredAt: .*; events\[1\]\.actor: .*; events\[1\]\.resource: /,
      ],
      [
        'a date that is none',
        [eventInput({ occurredAt: '2026-02-30T00:00:00Z' })],
        /^events\[0\]\.occurredAt: "2026-02-30T00:00:00Z" is not a time/,
      ],
      [
        'a date far ahead',
        [eventInput({ occurredAt: '2999-01-01T00:00:00Z' })],
        /^events\[0\]\.occurredAt: must not be more than 24 hours ahead/,
      ],
      [
        'a date before 1970',
        [eventInput({ occurredAt: '1969-12-31T23:59:59Z' })],
        /^events\[0\]\.occurredAt: .*is not a time/,
      ],
      [
        'an unknown actor type',
        [eventInput({ actor: { type: 'robot' as never, id: 'r' } })],
        /^events\[0\]\.actor\.type: /,
      ],
      [
        'a key that is none',
        [eventInput({ resource: { key: 'orders' } })],
        /^events\[0\]\.resource\.key: must be a resource key/,
      ],
      [
        'a field that does not exist',
        [{ ...eventInput(), source: 'segment' }],
        /^events\[0\]: .*source/,
      ],
      [
        'an event over 32 KB',
        [eventInput({ details: { text: 'x'.repeat(33_000) } })],
        /^events\[0\]: must have at most 32 KB/,
      ],
      [
        'details too deep',
        [eventInput({ details: deep(9) as never })],
        /^events\[0\]\.details: must have at most 8 levels/,
      ],
      [
        'details with too many keys',
        [eventInput({ details: many(1_001) })],
        /^events\[0\]\.details: must have at most 1000 keys/,
      ],
      [
        'a key named __proto__',
        [eventInput({ details: JSON.parse('{"__proto__":{"a":1}}') })],
        /^events\[0\]\.details: must not have a key named __proto__/,
      ],
      [
        'a time without a date',
        [eventInput({ occurredAt: '12:30' })],
        /^events\[0\]\.occurredAt: "12:30" is not a time/,
      ],
      [
        'half of a character in a key',
        [eventInput({ resource: { key: 'segment:x:a\ud800' } })],
        /^events\[0\]\.resource\.key: must be a resource key/,
      ],
      [
        'an entity key that names none',
        [eventInput({ resource: { key: 'entity:resource:default/' } })],
        /^events\[0\]\.resource\.key: must be a resource key/,
      ],
      [
        'an actor’s entity that is none',
        [eventInput({ actor: { type: 'user', id: 'u', entityRef: 'jo !' } })],
        /^events\[0\]\.actor\.entityRef: must be an entity ref/,
      ],
      [
        'a NUL character',
        [eventInput({ actor: { type: 'user', id: 'a\0b' } })],
        /^events\[0\]\.actor\.id: must not contain a NUL/,
      ],
    ])('refuses %s and stores nothing', async (_name, events, message) => {
      const before = await stored();
      const response = await post(events);
      expect(response.status).toBe(400);
      expect(response.body.error.name).toBe('InputError');
      expect(response.body.error.message).toMatch(message);
      expect(await stored()).toEqual(before);
    });

    it('refuses details of any depth, and keeps its answer short', async () => {
      const send = (text: string) =>
        request(backend.server)
          .post(EVENTS)
          .set('Authorization', serviceHeader())
          .set('Content-Type', 'application/json')
          .send(text);
      const event = JSON.stringify({ ...eventInput(), details: 'DETAILS' });
      const nested = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
      const answer = await send(
        `{"events":[${event.replace('"DETAILS"', nested)}]}`,
      );
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toMatch(/must have at most 8 levels/);

      const unknown = Array.from({ length: 50_000 }, (_, n) => `"u${n}":1`);
      const long = await send(`{"events":[{${unknown.join()}}]}`);
      expect(long.status).toBe(400);
      expect(long.body.error.message.length).toBeLessThan(20_000);
    });

    it('knows an entity’s key in any case', async () => {
      await post([
        eventInput({
          resource: { key: 'entity:resource:Default/Web-Shop' },
          correlationId: 'cased',
        }),
      ]);
      const [event] = await find(
        'resource=entity:resource:default/web-shop&q=cased',
      );
      expect(event.resource.key).toBe('entity:resource:default/web-shop');
    });

    it('refuses broken JSON and a body of 6 MB, also packed', async () => {
      const before = await stored();
      const send = (body: string | Buffer, encoding?: string) =>
        request(backend.server)
          .post(EVENTS)
          .set('Authorization', serviceHeader())
          .set('Content-Type', 'application/octet-stream')
          .set(encoding ? { 'Content-Encoding': encoding } : {})
          .send(body);
      const broken = await send('{"events": [');
      expect(broken.status).toBe(400);
      expect(broken.body.error.message).toMatch(/^The body is not valid JSON/);
      const large = JSON.stringify({ events: ['x'.repeat(6_000_000)] });
      expect((await send(large)).status).toBe(413);
      expect((await send(gzipSync(large), 'gzip')).status).toBe(413);
      expect(await stored()).toEqual(before);
    });

    it('refuses everyone but services', async () => {
      const as = (authorization: string) =>
        request(backend.server)
          .post(EVENTS)
          .set('Authorization', authorization)
          .send({ events: [eventInput()] });
      expect((await as(mockCredentials.none.header())).status).toBe(401);
      expect((await as(mockCredentials.user.invalidHeader())).status).toBe(401);
      expect((await as(mockCredentials.user.header(OWNER))).status).toBe(403);
    });

    it('lets nobody record in the name of what an intake speaks for', async () => {
      const before = await stored();
      const response = await request(backend.server)
        .post(EVENTS)
        .set('Authorization', serviceHeader('segment'))
        .send({ events: [eventInput()] });
      expect(response.status).toBe(403);
      expect(response.body.error.message).toMatch(
        /"segment" is the source of an intake/,
      );
      expect(await stored()).toEqual(before);
    });
  });

  describe('POST /v1/intake/segment', () => {
    const audit = (overrides: object = {}, details: object = {}) => ({
      type: 'track',
      event: 'Audit',
      userId: 'u1',
      messageId: `api-${Math.random()}`,
      timestamp: '2026-03-01T10:00:00.000Z',
      properties: {
        type: 'Source Created',
        workspace_id: 'ws1',
        details: { resource_id: 's1', resource_type: 'source', ...details },
      },
      ...overrides,
    });

    it.each(Object.keys(RECORDED_DELIVERIES))(
      'takes the recorded %s as it stands, once',
      async name => {
        const delivery = RECORDED_DELIVERIES[name];
        const read = name === 'permission-check.json';
        const first = await deliver(delivery);
        expect(first.status).toBe(200);
        expect(first.body).toMatchObject(
          read ? { accepted: 0, dropped: 1 } : { accepted: 1, dropped: 0 },
        );
        const again = await deliver(delivery);
        expect(again.body).toMatchObject({ accepted: 0 });
      },
    );

    it('makes one event of a delivery that comes a hundred times', async () => {
      const before = await stored();
      const delivery = audit();
      const answers = await Promise.all(
        Array.from({ length: 100 }, () => deliver(delivery)),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
      const accepted = answers.filter(({ body }) => body.accepted === 1);
      expect(accepted).toHaveLength(1);
      expect(await stored()).toHaveLength(before.length + 1);
    });

    it.each([
      ['resource:default/orders', ['warehouse.disabled']],
      [
        'resource:default/audit-function',
        ['destination-filter.disabled', 'tracking-plan.new-event-allowed'],
      ],
      ['resource:default/marketing', ['audience.created']],
    ])('shows what was recorded at %s', async (entityRef, types) => {
      const events = await find(
        `entityRef=${entityRef}&from=2019-11-24&to=2019-11-24`,
      );
      expect(events.map(({ type }: any) => type).sort()).toEqual(types);
    });

    it('tells all that a delivery says', async () => {
      const [event] = await find(
        'type=warehouse.disabled&to=2019-12-31&source=segment',
      );
      expect(event).toMatchObject({
        occurredAt: '2019-11-24T19:50:51.744Z',
        originalType: 'Warehouse Disabled',
        label: 'Warehouses Disabled',
        category: 'warehouses',
        verb: 'disabled',
        harmful: true,
        outcome: 'succeeded',
        workspace: 'VWDxzzIpI5',
        intakes: ['segment-webhook'],
        actor: { type: 'user', id: 'MNxxtIRCbe' },
        resource: {
          key: 'segment:warehouse:HpLcqdFbPX',
          type: 'warehouse',
          id: 'HpLcqdFbPX',
          name: 'postgres',
          entityRef: 'resource:default/orders',
        },
        resources: ['segment:warehouse:HpLcqdFbPX'],
        details: { subject: 'users/MNxxtIRCbe', target: 'postgres' },
      });
    });

    it('takes an array whose first event is signed', async () => {
      const array = [
        audit(),
        audit(),
        RECORDED_DELIVERIES['permission-check.json'],
      ];
      const answer = await deliver(array, sign(JSON.stringify(array[0])));
      expect(answer.body).toMatchObject({ accepted: 2, dropped: 1 });
      const second = await deliver(array, sign(JSON.stringify(array[1])));
      expect(second.status).toBe(401);
    });

    it('cuts what is too large instead of losing the event', async () => {
      const delivery = audit({}, { blob: 'x'.repeat(100_000), note: 'kept' });
      expect((await deliver(delivery)).body).toMatchObject({ accepted: 1 });
      const [event] = await find('source=segment&q=kept');
      expect(event.details).toMatchObject({
        blob: '[cut: 100002 bytes]',
        note: 'kept',
      });
    });

    it.each<[string, object, object]>([
      ['a kind of resource that makes no key', {}, { resource_type: '3d' }],
      ['an id with a line break', {}, { resource_id: 'a\nb' }],
      ['an id that is too long', {}, { resource_id: 'x'.repeat(600) }],
      ['a name with a NUL', {}, { target: 'a\u0000b' }],
      [
        'halves of characters',
        {},
        { resource_id: 'a\ud800', target: '\ud801' },
      ],
      ['an actor that is too long', { userId: 'u'.repeat(600) }, {}],
      [
        'too many keys',
        {},
        { list: Array.from({ length: 600 }, () => ({ a: 1 })) },
      ],
      [
        'many large values',
        {},
        Object.fromEntries(
          Array.from({ length: 900 }, (_, n) => [`k${n}`, 'x'.repeat(4_000)]),
        ),
      ],
    ])('keeps an event with %s', async (_name, overrides, details) => {
      const answer = await deliver(audit(overrides, details));
      expect(answer.body).toMatchObject({ accepted: 1, dropped: 0 });
    });

    it('keeps an event whose details are too deep to be read', async () => {
      const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
      const text = JSON.stringify(audit({}, { deep: 'DEEP' })).replace(
        '"DEEP"',
        deep,
      );
      expect((await deliver(text)).body).toMatchObject({ accepted: 1 });
    });

    it('keeps the good events of an array, and tells and counts the others', async () => {
      const array = [
        RECORDED_DELIVERIES['permission-check.json'],
        audit(),
        audit({ timestamp: 'never' }),
        'x',
      ];
      const answer = await deliver(array, sign(JSON.stringify(array[0])));
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({
        accepted: 1,
        dropped: 3,
        faults: [
          '[3]: must be an object',
          expect.stringMatching(/^\[2\]\.occurredAt: "never" is not a time/),
        ],
      });
    });

    it('keeps a type it does not know', async () => {
      await deliver(
        audit({ properties: { type: 'Teapot Brewed', workspace_id: 'ws1' } }),
      );
      const [event] = await find('category=unmapped&source=segment');
      expect(event).toMatchObject({
        type: 'teapot.brewed',
        label: 'Teapot Brewed',
        resources: ['segment:workspace:ws1'],
      });
    });

    const at = (field: string) => new RegExp(`^${field}: `);
    it.each<[string, unknown, RegExp]>([
      ['broken JSON', '{', /^The body is not valid JSON/],
      ['an empty body', '', /^The body is not valid JSON/],
      ['a text', '"x"', /^The body: must be an object/],
      [
        'an event that is no audit event',
        audit({ event: 'Order' }),
        at('event'),
      ],
      ['no properties', audit({ properties: undefined }), at('properties')],
      [
        'no type',
        audit({ properties: { workspace_id: 'w' } }),
        at('properties.type'),
      ],
      [
        'no workspace',
        audit({ properties: { type: 'x' } }),
        at('properties.workspace_id'),
      ],
      ['no messageId', audit({ messageId: undefined }), at('messageId')],
      ['no time', audit({ timestamp: undefined }), at('timestamp')],
      ['no actor', audit({ userId: undefined }), at('userId')],
      [
        'a time that is none',
        audit({ timestamp: 'yesterday' }),
        /^occurredAt: "yesterday" is not a time/,
      ],
      [
        'an array of faults',
        [audit({ timestamp: 'x' }), 5],
        /^\[1\]: must be an object; \[0\]\.occurredAt: /,
      ],
    ])('refuses %s and stores nothing', async (_name, body, message) => {
      const before = await stored();
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const first = Array.isArray(body) ? JSON.stringify(body[0]) : text;
      const response = await deliver(text, sign(first));
      expect(response.status).toBe(400);
      expect(response.body.error.message).toMatch(message);
      expect(await stored()).toEqual(before);
    });

    it('refuses a delivery without the right signature', async () => {
      const before = await stored();
      const delivery = audit();
      const text = JSON.stringify(delivery);
      const missing = await request(backend.server)
        .post(SEGMENT)
        .set('Authorization', mockCredentials.none.header())
        .send(delivery);
      expect(missing.status).toBe(401);
      expect(missing.body.error.message).toMatch(/^X-Signature: missing/);
      for (const signature of [
        sign(text, 'other-secret'),
        sign(`${text} `),
        sign(text).slice(1),
        'nonsense',
        `${sign(text)}00`,
      ]) {
        const wrong = await deliver(delivery, signature);
        expect(wrong.status).toBe(401);
        expect(wrong.body.error.message).toMatch(
          /^X-Signature: does not match the body/,
        );
        expect(JSON.stringify(wrong.body)).not.toContain('test-secret');
      }
      const huge = await deliver(`{"a":"${'x'.repeat(6_000_000)}"}`);
      expect(huge.status).toBe(413);
      expect(await stored()).toEqual(before);
    });
  });

  it('refuses Segment while no secret is configured, and keeps reads if told', async () => {
    const start = async (segment: object) =>
      startTrailBackend({
        knex: await databases.init(databaseId),
        config: { auditTrail: { intake: { segment } } },
      });
    const delivery = RECORDED_DELIVERIES['permission-check.json'];
    const send = (to: TestBackend) =>
      request(to.server)
        .post(SEGMENT)
        .set('X-Signature', sign(JSON.stringify(delivery)))
        .send(delivery);
    const refused = await send(await start({}));
    expect(refused.status).toBe(401);
    expect(refused.body.error.message).toMatch(
      /auditTrail\.intake\.segment\.secret is not configured/,
    );
    const kept = await send(
      await start({ secret: 'test-secret', keepReads: true }),
    );
    expect(kept.body).toMatchObject({ accepted: 1, dropped: 0 });
  });
});
