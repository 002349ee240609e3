import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  ACTIVITIES,
  type AuditEvent,
  type AuditEventPage,
} from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import request from 'supertest';
import {
  ENGINEER,
  OWNER,
  startTrailBackend,
  STRANGER,
} from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent } from '../__testUtils__/events';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();
const BASE = '/api/audit-trail/v1';
const ids = (events: AuditEvent[]) => events.map(({ id }) => id);

const SOURCE_EVENTS = Array.from({ length: 30 }, (_, n) =>
  auditEvent({
    type: n % 3 ? 'Source Modified' : 'Source Disabled',
    actor: { type: 'user', id: `u${n % 2}` },
    resource: { key: 'segment:source:s1', name: 'web-shop' },
  }),
);
const WAREHOUSE_EVENTS = Array.from({ length: 20 }, () => auditEvent());
const EVENTS = [
  ...SOURCE_EVENTS,
  ...WAREHOUSE_EVENTS,
  auditEvent({ type: 'Teapot Brewed' }),
];

describe.each(databases.eachSupportedId())('reading on %s', databaseId => {
  let backend: TestBackend;
  let knex: Knex;
  let store: DatabaseAuditEventsStore;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    store = DatabaseAuditEventsStore.create({ knex });
    await store.append(EVENTS);
    backend = await startTrailBackend({ knex });
  });

  const getAs = (user: string, path: string) =>
    request(backend.server)
      .get(`${BASE}${path}`)
      .set('Authorization', mockCredentials.user.header(user));
  const list = async (user: string, query = ''): Promise<AuditEventPage> => {
    const response = await getAs(user, `/events?${query}`);
    expect({ status: response.status, body: response.body }).toMatchObject({
      status: 200,
    });
    return response.body;
  };

  describe('pages', () => {
    it('goes to the end and back without a gap or a repeat, while events arrive', async () => {
      for (const order of ['desc', 'asc']) {
        const before = ids(
          (await list(OWNER, `order=${order}&limit=500`)).items,
        );
        let page = await list(OWNER, `order=${order}&limit=7`);
        expect(page.pageInfo.prevCursor).toBeUndefined();
        const pages = [ids(page.items)];
        while (page.pageInfo.nextCursor) {
          await store.append([
            auditEvent(),
            auditEvent({
              occurredAt: '2025-01-01T00:00:00Z',
              type: `Late ${pages.length} ${order}`,
            }),
          ]);
          page = await list(
            OWNER,
            `order=${order}&limit=7&cursor=${page.pageInfo.nextCursor}`,
          );
          pages.push(ids(page.items));
        }
        const seen = pages.flat();
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.filter(id => before.includes(id))).toEqual(before);

        const back: string[] = [];
        while (page.pageInfo.prevCursor) {
          page = await list(
            OWNER,
            `order=${order}&limit=7&cursor=${page.pageInfo.prevCursor}`,
          );
          back.unshift(...ids(page.items));
        }
        expect(new Set(back).size).toBe(back.length);
        expect(back.filter(id => before.includes(id))).toEqual(
          before.filter(id => back.includes(id)),
        );
        expect(
          before.filter(
            id => !back.includes(id) && !pages[pages.length - 1].includes(id),
          ),
        ).toEqual([]);
      }
    });

    it('refuses a cursor that was changed, or is for something else', async () => {
      const cursor = (await list(OWNER, 'limit=5')).pageInfo.nextCursor!;
      expect(
        (await list(OWNER, `limit=9&cursor=${cursor}`)).items,
      ).toHaveLength(9);
      const refused = [
        getAs(OWNER, `/events?cursor=${cursor}x`),
        getAs(OWNER, `/events?cursor=x${cursor}`),
        getAs(OWNER, `/events?cursor=${cursor.split('.')[0]}`),
        getAs(OWNER, `/events?cursor=${cursor}.x`),
        getAs(OWNER, '/events?cursor=.'),
        getAs(OWNER, `/events?cursor=${cursor}&order=asc`),
        getAs(OWNER, `/events?cursor=${cursor}&actor=u1`),
        getAs(ENGINEER, `/events?cursor=${cursor}`),
      ];
      for (const response of await Promise.all(refused)) {
        expect(response.status).toBe(400);
        expect(response.body.error.message).toMatch(/^cursor: not valid here/);
      }
    });

    it('counts exactly up to 10,000 and says so beyond', async () => {
      const few = await list(OWNER, 'type=source.disabled&limit=2');
      expect(few).toMatchObject({ totalItems: 10, totalItemsCapped: false });
      const many = Array.from({ length: 10_001 }, () =>
        auditEvent({ workspace: 'many' }),
      );
      await store.append(many.slice(1));
      expect(await list(OWNER, 'workspace=many&limit=1')).toMatchObject({
        totalItems: 10_000,
        totalItemsCapped: false,
      });
      await store.append(many.slice(0, 1));
      expect(await list(OWNER, 'workspace=many&limit=1')).toMatchObject({
        totalItems: 10_000,
        totalItemsCapped: true,
      });
      await knex('audit_events').where({ workspace: 'many' }).delete();
    });
  });

  describe('newer events', () => {
    const at = (minute: number) => ({
      workspace: 'newer',
      occurredAt: `2026-03-01T12:${String(minute).padStart(2, '0')}:00Z`,
    });
    const newer = async (user: string, query: string) =>
      getAs(user, `/events/newer?${query}`);

    it('are counted for who has read the first page, with its filter', async () => {
      const filter = 'workspace=newer&type=warehouse.disabled';
      await store.append([auditEvent(at(0)), auditEvent(at(1))]);
      const { pageInfo } = await list(OWNER, filter);
      const query = `${filter}&cursor=${pageInfo.newerCursor}`;
      expect((await newer(OWNER, query)).body).toEqual({
        totalItems: 0,
        totalItemsCapped: false,
      });
      await store.append([
        auditEvent(at(2)),
        auditEvent({ ...at(3), type: 'Source Disabled' }),
        // Happened before what is shown, so it is not at the top.
        auditEvent({ ...at(0), sourceEventId: 'late' }),
      ]);
      expect((await newer(OWNER, query)).body.totalItems).toBe(1);
      await store.append(Array.from({ length: 101 }, () => auditEvent(at(4))));
      expect((await newer(OWNER, query)).body).toEqual({
        totalItems: 100,
        totalItemsCapped: true,
      });
      await knex('audit_events').where({ workspace: 'newer' }).delete();
    });

    it('are counted where there were none', async () => {
      const filter = 'workspace=newer';
      const { items, pageInfo } = await list(OWNER, filter);
      expect(items).toEqual([]);
      const query = `${filter}&cursor=${pageInfo.newerCursor}`;
      expect((await newer(OWNER, query)).body.totalItems).toBe(0);
      await store.append([auditEvent(at(0)), auditEvent(at(1))]);
      expect((await newer(OWNER, query)).body.totalItems).toBe(2);
      expect((await newer(ENGINEER, query)).status).toBe(400);
      await knex('audit_events').where({ workspace: 'newer' }).delete();
    });

    it('are told to nobody who has read another page, or none', async () => {
      const { pageInfo } = await list(OWNER, 'limit=5');
      expect(pageInfo.newerCursor).toBeDefined();
      const asc = await list(OWNER, 'limit=5&order=asc');
      expect(asc.pageInfo.newerCursor).toBeUndefined();
      const second = await list(OWNER, `limit=5&cursor=${pageInfo.nextCursor}`);
      expect(second.pageInfo.newerCursor).toBeUndefined();
      for (const response of await Promise.all([
        newer(OWNER, ''),
        newer(OWNER, 'cursor=x'),
        newer(OWNER, `cursor=${pageInfo.newerCursor}&actor=u1`),
        newer(OWNER, `cursor=${asc.pageInfo.nextCursor}`),
        newer(ENGINEER, `cursor=${pageInfo.newerCursor}`),
      ])) {
        expect(response.status).toBe(400);
        expect(response.body.error.message).toMatch(/^cursor: /);
      }
    });
  });

  describe('related events', () => {
    const at = (time: string, actor: string, key: string) =>
      auditEvent({
        workspace: 'related',
        occurredAt: `2026-04-01T${time}:00Z`,
        actor: { type: 'user', id: actor },
        resource: { key },
      });
    const event = at('12:00', 'r1', 'segment:source:r1');

    beforeAll(async () => {
      await store.append([
        event,
        at('11:00', 'r2', 'segment:source:r1'),
        at('13:00', 'r1', 'segment:warehouse:r2'),
        at('12:30', 'r1', 'segment:warehouse:r2'),
        at('13:01', 'r1', 'segment:source:r1'),
        at('10:59', 'r1', 'segment:source:r1'),
      ]);
    });
    afterAll(async () => {
      await knex('audit_events').where({ workspace: 'related' }).delete();
    });

    it('are those of the same resource or actor within an hour', async () => {
      const { body } = await getAs(OWNER, `/events/${event.id}/related`);
      expect(body).toEqual({
        from: '2026-04-01T11:00:00.000Z',
        to: '2026-04-01T13:00:00.000Z',
        resource: { totalItems: 2, totalItemsCapped: false },
        actor: { totalItems: 3, totalItemsCapped: false },
      });
      // A list with the filter that a link would set has just as many.
      const around = `from=${body.from}&to=${body.to}`;
      expect(
        await list(OWNER, `resource=segment:source:r1&${around}`),
      ).toMatchObject({ totalItems: 2 });
      expect(await list(OWNER, `actor=r1&${around}`)).toMatchObject({
        totalItems: 3,
      });
    });

    it('are of one entity where its page asks, and of no hidden event', async () => {
      const [own] = SOURCE_EVENTS;
      const ask = async (user: string, path: string) =>
        (await getAs(user, `/events/${path}`)).body;
      const ofEntity = await ask(
        OWNER,
        `${own.id}/related?entityRef=resource:default/web-shop`,
      );
      expect(ofEntity.resource.totalItems).toBe(30);
      const hidden = await getAs(ENGINEER, `/events/${event.id}/related`);
      expect(hidden.status).toBe(404);
      const misspelled = await getAs(OWNER, `/events/${own.id}/related?x=y`);
      expect(misspelled.body.error.message).toMatch(/^x: /);
    });
  });

  describe('filters', () => {
    it.each([
      ['type=source.disabled&type=warehouse.disabled', 30],
      ['category=source', 30],
      ['not.category=source&not.type=teapot.brewed', 20],
      ['resource=segment:source:s1&actor=u0', 15],
      ['entityRef=resource:default/web-shop', 30],
      ['entityRef=resource:default/nothing', 0],
      ['q=web+disabled', 10],
      ['harmful=true&category=source', 10],
      ['outcome=failed', 0],
      ['actorType=user&workspace=ws1&source=segment', 51],
      [`to=${SOURCE_EVENTS[9].occurredAt}`, 10],
      [`from=${SOURCE_EVENTS[9].occurredAt}&category=source`, 21],
      ['from=2026-01-01&to=2026-01-01', 51],
      ['from=2026-01-02', 0],
    ])('chooses by %s', async (query, count) => {
      const known = new Set(ids(EVENTS));
      const { items } = await list(OWNER, `${query}&limit=500`);
      expect(ids(items).filter(id => known.has(id))).toHaveLength(count);
    });

    it.each([
      ['limit=0', /^limit: "0" is not a whole number from 1 to 500/],
      ['limit=501', /^limit: /],
      ['limit=ten', /^limit: /],
      ['order=newest', /^order: "newest" is neither asc nor desc/],
      ['from=yesterday', /^from: "yesterday" is not a time/],
      ['to=2026-13-01', /^to: "2026-13-01" is not a time/],
      ['from=2026-02-01&to=2026-01-01', /^from: must not be later than to/],
      ['outcome=done', /^outcome: "done" is none of initiated, succeeded/],
      ['not.actorType=robot', /^not.actorType: "robot" is none of user/],
      ['harmful=maybe', /^harmful: /],
      ['entityRef=orders', /^entityRef: /],
      ['entityRef=resource:default/%00', /^entityRef: /],
      ['resource=%00', /^resource: must not contain a NUL/],
      ['not.type=a%00', /^not\.type: must not contain a NUL/],
      ['q=---', /^q: has no letter and no digit/],
      ['to=2026-W01-4', /^to: "2026-W01-4" is not a time/],
      ['actors=u1', /^actors: there is no such parameter/],
      [`q=${'x'.repeat(513)}`, /^q: has at most 512 characters/],
    ])('refuses %s', async (query, message) => {
      const response = await getAs(OWNER, `/events?${query}`);
      expect(response.status).toBe(400);
      expect(response.body.error.message).toMatch(message);
    });

    it('counts choices, each as if its own field chose nothing', async () => {
      const { body } = await getAs(
        OWNER,
        '/events/facets?type=source.disabled&actor=u0&from=2026-01-01',
      );
      expect(body).toMatchObject({ complete: true, countedEvents: 5 });
      const counts = (field: string) =>
        Object.fromEntries(
          body[field].map((facet: any) => [facet.value, facet.count]),
        );
      expect(counts('types')).toEqual({
        'source.disabled': 5,
        'source.modified': 10,
      });
      expect(counts('actors')).toEqual({ u0: 5, u1: 5 });
      // An activity and its area are one choice.
      const area = await getAs(OWNER, '/events/facets?category=source');
      expect(area.body.types).toContainEqual(
        expect.objectContaining({ value: 'warehouse.disabled' }),
      );
      expect(counts('resources')).toEqual({ 'segment:source:s1': 5 });
    });
  });

  it('tells all activities and which types are in none', async () => {
    const { body } = await getAs(OWNER, '/activities');
    expect(body.items).toEqual(ACTIVITIES);
    expect(body.unmapped).toContainEqual({ type: 'teapot.brewed', count: 1 });
    const engineer = await getAs(ENGINEER, '/activities');
    expect(engineer.body.unmapped).toEqual([]);
  });

  describe('the Owners’ line', () => {
    const PATHS = [
      '/events',
      '/events/facets',
      `/events/${SOURCE_EVENTS[0].id}`,
      '/events/export',
      '/activities',
      '/access',
    ];

    it.each(PATHS)('%s is for signed-in users only', async path => {
      const as = (authorization: string) =>
        request(backend.server)
          .get(`${BASE}${path}`)
          .set('Authorization', authorization);
      const service = mockCredentials.service.header({
        onBehalfOf: mockCredentials.service('external:deploys'),
        targetPluginId: 'audit-trail',
      });
      expect((await as(mockCredentials.none.header())).status).toBe(401);
      expect((await as(mockCredentials.user.invalidHeader())).status).toBe(401);
      expect((await as(service)).status).toBe(403);
    });

    it('shows an Owner everything', async () => {
      expect(
        (await list(OWNER, 'category=warehouses')).totalItems,
      ).toBeGreaterThan(0);
      expect(
        (await getAs(OWNER, `/events/${WAREHOUSE_EVENTS[0].id}`)).body,
      ).toMatchObject({ id: WAREHOUSE_EVENTS[0].id });
      expect((await getAs(OWNER, '/access')).body).toEqual({
        page: true,
        export: true,
        owners: ['group:default/owners'],
        entities: 'all',
        forwarding: true,
        destinationUpdate: true,
        deliveryRedrive: true,
      });
    });

    it('shows an engineer what they own, and nothing else', async () => {
      const page = await list(ENGINEER, 'limit=500');
      expect(new Set(ids(page.items))).toEqual(new Set(ids(SOURCE_EVENTS)));
      expect(page.totalItems).toBe(30);
      expect((await list(ENGINEER, 'category=warehouses')).totalItems).toBe(0);
      expect(
        (await list(ENGINEER, 'entityRef=resource:default/orders')).items,
      ).toEqual([]);
      expect(
        (await getAs(ENGINEER, `/events/${SOURCE_EVENTS[0].id}`)).status,
      ).toBe(200);
      const { body } = await getAs(ENGINEER, '/events/facets');
      expect(body.countedEvents).toBe(30);
      expect(body.resources).toEqual([
        expect.objectContaining({ value: 'segment:source:s1', count: 30 }),
      ]);
      const histogram = await getAs(ENGINEER, '/events/histogram');
      expect(histogram.body.total).toBe(30);
      expect((await getAs(ENGINEER, '/access')).body).toMatchObject({
        page: false,
        reason: 'not-an-owner',
      });
    });

    it('shows a stranger nothing', async () => {
      expect(await list(STRANGER)).toEqual({
        items: [],
        pageInfo: { newerCursor: expect.any(String) },
        totalItems: 0,
        totalItemsCapped: false,
      });
      const { body } = await getAs(STRANGER, '/events/facets');
      expect(body).toMatchObject({ types: [], actors: [], countedEvents: 0 });
      const histogram = await getAs(STRANGER, '/events/histogram');
      expect(histogram.body).toMatchObject({ buckets: [], total: 0 });
      const csv = await getAs(STRANGER, '/events/export');
      expect(csv.text.split('\r\n')).toHaveLength(2);
    });

    it('answers alike for what is hidden and for what does not exist', async () => {
      const unknown = '016e9ef7-8460-70b8-a7b5-cbdeab976e53';
      const answers = await Promise.all(
        [
          [ENGINEER, WAREHOUSE_EVENTS[0].id],
          [STRANGER, WAREHOUSE_EVENTS[0].id],
          [ENGINEER, unknown],
          [OWNER, unknown],
          [OWNER, 'no-id'],
          [OWNER, "' or 1=1 --"],
        ].map(([user, id]) => getAs(user, `/events/${encodeURIComponent(id)}`)),
      );
      const messages = answers.map(({ status, body }) => [status, body.error]);
      expect(
        new Set(messages.map(message => JSON.stringify(message))).size,
      ).toBe(1);
      expect(answers[0].status).toBe(404);
    });
  });
});

describe.each(databases.eachSupportedId())('policies on %s', databaseId => {
  async function start(
    options: Partial<Parameters<typeof startTrailBackend>[0]>,
  ) {
    const knex = await databases.init(databaseId);
    await DatabaseAuditEventsStore.create({ knex }).append(EVENTS);
    const backend = await startTrailBackend({ knex, ...options });
    return async (user: string) => {
      const response = await request(backend.server)
        .get(`${BASE}/events?not.category=audit-trail`)
        .set('Authorization', mockCredentials.user.header(user));
      return response.body.totalItems;
    };
  }
  const ownedBy = (claims: string[]) => (): PolicyDecision => ({
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'audit-trail',
    resourceType: 'audit-trail-event',
    conditions: {
      rule: 'IS_RESOURCE_OWNER',
      resourceType: 'audit-trail-event',
      params: { claims },
    },
  });

  it('tells an Owner whom the policy denies that the page does not serve them', async () => {
    const knex = await databases.init(databaseId);
    const backend = await startTrailBackend({
      knex,
      policy: () => ({ result: AuthorizeResult.DENY }),
    });
    const { body } = await request(backend.server)
      .get(`${BASE}/access`)
      .set('Authorization', mockCredentials.user.header(OWNER));
    expect(body).toMatchObject({
      page: false,
      export: false,
      reason: 'denied-by-policy',
    });
  });

  it('tells those who read the trail which workspaces links lead to', async () => {
    const workspaces = [
      { slug: 'acme', token: 'a-token', endpoint: 'http://127.0.0.1:9' },
    ];
    const auditTrail = { segment: { workspaces } };
    const accessWith = async (policy?: () => PolicyDecision) => {
      const knex = await databases.init(databaseId);
      const config = { auditTrail };
      const { server } = await startTrailBackend({ knex, policy, config });
      const response = await request(server)
        .get(`${BASE}/access`)
        .set('Authorization', mockCredentials.user.header(ENGINEER));
      return response.body;
    };
    expect((await accessWith()).segmentWorkspaces).toEqual([{ slug: 'acme' }]);
    const denied = await accessWith(() => ({ result: AuthorizeResult.DENY }));
    expect(denied).toMatchObject({ entities: 'none' });
    expect(denied.segmentWorkspaces).toBeUndefined();
  });

  it('lets the portal’s policy narrow what is seen, never widen it', async () => {
    const conditional = await start({ policy: ownedBy(['group:default/web']) });
    expect(await conditional(OWNER)).toBe(30);
    expect(await conditional(ENGINEER)).toBe(30);
    expect(await conditional(STRANGER)).toBe(0);
    const elsewhere = await start({ policy: ownedBy(['group:default/data']) });
    expect(await elsewhere(OWNER)).toBe(21);
    expect(await elsewhere(ENGINEER)).toBe(0);
    const denied = await start({
      policy: () => ({ result: AuthorizeResult.DENY }),
    });
    expect(await denied(OWNER)).toBe(0);
  });

  it('leaves all to the policy if configured, but not while permissions are off', async () => {
    const auditTrail = { owners: [], access: 'policy' };
    const policy = await start({ config: { auditTrail } });
    expect(await policy(STRANGER)).toBe(51);
    const off = await start({
      config: { auditTrail, permission: { enabled: false } },
    });
    expect(await off(STRANGER)).toBe(0);
  });

  it('has no Owner unless one is configured', async () => {
    const nobody = await start({ config: { auditTrail: {} } });
    expect(await nobody(OWNER)).toBe(0);
    expect(await nobody(ENGINEER)).toBe(30);
  });
});
