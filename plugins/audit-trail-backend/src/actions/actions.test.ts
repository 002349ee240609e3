import {
  mockCredentials,
  mockServices,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
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
import { DatabaseHistogramStore } from '../database/histogram/DatabaseHistogramStore';
import { DatabaseSettingsStore } from '../database/DatabaseSettingsStore';
import { CursorCodec } from '../service/CursorCodec';
import { DefaultAuditEvents } from '../service/DefaultAuditEvents';
import { registerActions } from '.';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();

const OWN = Array.from({ length: 25 }, (_, n) =>
  auditEvent({
    type: n % 5 ? 'Source Modified' : 'Source Disabled',
    actor: { type: 'user', id: `u${n % 2}`, name: 'Jo Miller' },
    resource: { key: 'segment:source:s1', name: 'web-shop' },
    changes: [{ path: 'enabled', before: true, after: false }],
    details: { reason: 'tidying up' },
  }),
);
const HIDDEN = auditEvent({ resource: { key: 'segment:warehouse:w1' } });
const VIEWED = auditEvent({ type: 'audit-trail.viewed' });
const EVENTS = [...OWN, HIDDEN, VIEWED];
const [FIRST] = OWN;

const idsOf = (events: Pick<AuditEvent, 'id'>[]) => events.map(({ id }) => id);
const newestFirst = [...EVENTS].reverse();

describe.each(databases.eachSupportedId())('actions on %s', databaseId => {
  let knex: Knex;
  let backend: TestBackend;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    await DatabaseAuditEventsStore.create({ knex }).append(EVENTS);
    backend = await startTrailBackend({ knex });
  });
  afterAll(async () => {
    await backend.stop();
  });

  const callAs = async (
    authorization: string,
    action: string,
    input: object,
    { server } = backend,
  ) => {
    const { status, body } = await request(server)
      .post(
        `/api/audit-trail/.backstage/actions/v1/actions/audit-trail:${action}/invoke`,
      )
      .set('Authorization', authorization)
      .send(input);
    return { status, output: body.output, message: body.error?.message };
  };
  const as = (user: string) => (action: string, input: object) =>
    callAs(mockCredentials.user.header(user), action, input);

  it('are listed as read-only, with every field explained', async () => {
    const { body } = await request(backend.server)
      .get('/api/audit-trail/.backstage/actions/v1/actions')
      .set('Authorization', mockCredentials.user.header(STRANGER))
      .expect(200);
    expect(body.actions).toMatchObject([
      { id: 'audit-trail:query-audit-events' },
      { id: 'audit-trail:get-audit-event' },
    ]);
    for (const { attributes, schema } of body.actions) {
      expect(attributes).toEqual({
        readOnly: true,
        destructive: false,
        idempotent: true,
      });
      expect(schema.input.additionalProperties).toBe(false);
      const fields = Object.entries(schema.input.properties);
      const unexplained = fields.filter(
        ([, field]) => !(field as { description?: string }).description,
      );
      expect([fields.length > 0, unexplained]).toEqual([true, []]);
    }
  });

  it('give an Owner everything but who looked, in few words', async () => {
    const { status, output } = await as(OWNER)('query-audit-events', {
      limit: 3,
      source: 'segment',
    });
    expect([status, output.totalItems, output.totalItemsCapped]).toEqual([
      200,
      EVENTS.length - 1,
      false,
    ]);
    expect(idsOf(output.items)).toEqual(idsOf(newestFirst.slice(1, 4)));
    expect(output.items[1]).toEqual({
      id: newestFirst[2].id,
      occurredAt: newestFirst[2].occurredAt,
      type: 'source.modified',
      label: newestFirst[2].label,
      harmful: false,
      outcome: 'succeeded',
      workspace: 'ws1',
      source: 'segment',
      actor: { type: 'user', id: 'u0', name: 'Jo Miller' },
      resource: {
        key: 'segment:source:s1',
        name: 'web-shop',
        entityRef: 'resource:default/web-shop',
      },
      changed: ['enabled'],
    });
    const withViews = await as(OWNER)('query-audit-events', {
      source: ['segment'],
      views: true,
    });
    expect(withViews.output.totalItems).toBe(EVENTS.length);
    const asked = await as(OWNER)('query-audit-events', {
      type: 'audit-trail.viewed',
      source: 'segment',
    });
    expect(idsOf(asked.output.items)).toEqual([VIEWED.id]);
  });

  it('filter by the words of the HTTP API', async () => {
    const total = async (input: object) =>
      (await as(ENGINEER)('query-audit-events', input)).output.totalItems;
    expect(await total({})).toBe(25);
    expect(await total({ type: ['source.disabled'] })).toBe(5);
    expect(await total({ harmful: true, actor: 'u0' })).toBe(3);
    expect(await total({ not: { actor: ['u0'] } })).toBe(12);
    expect(await total({ q: 'tidying' })).toBe(25);
    expect(await total({ entityRef: 'resource:default/web-shop' })).toBe(25);
    expect(await total({ entityRef: 'resource:default/orders' })).toBe(0);
    expect(await total({ to: FIRST.occurredAt })).toBe(1);
    const oldest = await as(ENGINEER)('query-audit-events', {
      order: 'asc',
      limit: 1,
    });
    expect(idsOf(oldest.output.items)).toEqual([FIRST.id]);
  });

  it('lead through all pages', async () => {
    const found = [];
    let cursor: string | undefined;
    do {
      const { output } = await as(ENGINEER)('query-audit-events', {
        limit: 10,
        harmful: false,
        cursor,
      });
      found.push(...output.items);
      cursor = output.nextCursor;
    } while (cursor);
    const harmless = newestFirst.filter(
      event => OWN.includes(event) && !event.harmful,
    );
    expect(idsOf(found)).toEqual(idsOf(harmless));
  });

  it('give one event with all of it', async () => {
    const { status, output } = await as(ENGINEER)('get-audit-event', {
      id: FIRST.id.toUpperCase(),
    });
    expect([status, output.event]).toEqual([
      200,
      {
        ...FIRST,
        resource: {
          ...FIRST.resource,
          entityRef: 'resource:default/web-shop',
        },
      },
    ]);
  });

  it('give nobody what they may not see', async () => {
    const hidden = await as(ENGINEER)('get-audit-event', { id: HIDDEN.id });
    const unknown = await as(ENGINEER)('get-audit-event', { id: 'unknown' });
    expect(hidden).toEqual(unknown);
    expect([hidden.status, hidden.message]).toEqual([
      404,
      'There is no such event, or you may not see it',
    ]);
    expect((await as(STRANGER)('query-audit-events', {})).output).toEqual({
      items: [],
      totalItems: 0,
      totalItemsCapped: false,
    });
    const { output } = await as(OWNER)('query-audit-events', { limit: 1 });
    const stolen = await as(ENGINEER)('query-audit-events', {
      cursor: output.nextCursor,
    });
    expect([stolen.status, stolen.message]).toEqual([
      400,
      expect.stringMatching(/^cursor: not valid here/),
    ]);
    for (const action of ['query-audit-events', 'get-audit-event']) {
      const service = await callAs(
        mockCredentials.service.header(),
        action,
        action === 'get-audit-event' ? { id: FIRST.id } : {},
      );
      expect([service.status, service.output, service.message]).toEqual([
        403,
        undefined,
        'The trail is read by users; an action reads it in the name of one',
      ]);
      const nobody = await callAs(mockCredentials.none.header(), action, {});
      expect([nobody.status, nobody.output]).toEqual([401, undefined]);
    }
  });

  it.each([
    ['query-audit-events', { types: ['x'] }, /types/],
    ['query-audit-events', { not: { q: 'x' } }, /not/],
    ['query-audit-events', { limit: 101 }, /limit/],
    ['query-audit-events', { outcome: 'lost' }, /^outcome: "lost" is none of/],
    ['query-audit-events', { from: 'soon' }, /^from: "soon" is not a time/],
    ['query-audit-events', { entityRef: 'x' }, /^entityRef: "x" is not/],
    ['query-audit-events', { actor: 'a\0' }, /^actor: must not contain/],
    ['query-audit-events', { cursor: 'x.y' }, /^cursor: not valid here/],
    ['get-audit-event', {}, /id/],
    ['get-audit-event', { id: FIRST.id, all: true }, /all/],
  ])('say what is wrong: %s with %j', async (action, input, message) => {
    const answer = await as(OWNER)(action, input);
    expect([answer.status, answer.message]).toEqual([
      400,
      expect.stringMatching(message),
    ]);
  });

  it('are recorded, as another look than that at the page', async () => {
    const viewer = 'user:default/dora';
    await as(viewer)('query-audit-events', { actor: 'u0' });
    await as(viewer)('query-audit-events', { actor: 'u0', limit: 1 });
    await as(viewer)('get-audit-event', { id: FIRST.id });
    await request(backend.server)
      .get(`/api/audit-trail/v1/events/${FIRST.id}`)
      .set('Authorization', mockCredentials.user.header(viewer))
      .expect(200);
    const recorded = await DatabaseAuditEventsStore.create({ knex }).list({
      criteria: {
        filter: { sources: ['plugin:audit-trail'], actors: [viewer] },
      },
      order: 'asc',
      limit: 10,
    });
    const event = { eventId: FIRST.id, eventType: FIRST.type };
    expect(recorded.map(({ type, details }) => [type, details])).toEqual([
      [
        'audit-trail.viewed',
        {
          filter: {
            actors: ['u0'],
            not: { types: ['audit-trail.viewed', 'audit-trail.event-viewed'] },
          },
          action: 'query-audit-events',
        },
      ],
      ['audit-trail.event-viewed', { ...event, action: 'get-audit-event' }],
      ['audit-trail.event-viewed', event],
    ]);
  });

  it('count among what a user may ask within a minute', async () => {
    const limited = await startTrailBackend({
      knex,
      config: {
        auditTrail: {
          owners: ['group:default/owners'],
          intake: { segment: { secret: 'test-secret' } },
          rateLimits: { reads: 3 },
        },
      },
    });
    const header = mockCredentials.user.header(OWNER);
    const statuses = [];
    for (let n = 0; n < 2; n++) {
      const { status } = await request(limited.server)
        .get('/api/audit-trail/v1/access')
        .set('Authorization', header);
      statuses.push(status);
    }
    for (let n = 0; n < 2; n++) {
      const answer = await callAs(header, 'query-audit-events', {}, limited);
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
    const other = mockCredentials.user.header(ENGINEER);
    const answer = await callAs(other, 'query-audit-events', {}, limited);
    expect(answer.status).toBe(200);
    await limited.stop();
  });

  it('work by Backstage’s own stand-in for the registry', async () => {
    const actionsRegistry = actionsRegistryServiceMock();
    registerActions({
      actionsRegistry,
      auth: mockServices.auth(),
      countRead: async () => {},
      cursors: await CursorCodec.create({
        settings: DatabaseSettingsStore.create({ knex }),
      }),
      events: DefaultAuditEvents.create({
        store: DatabaseAuditEventsStore.create({ knex }),
        histograms: DatabaseHistogramStore.create({ knex }),
      }),
    });
    const credentials = mockCredentials.user(OWNER);
    const { output } = await actionsRegistry.invoke({
      id: 'test:query-audit-events',
      input: { type: 'source.disabled', limit: 2 },
      credentials,
    });
    expect(output).toMatchObject({
      totalItems: 5,
      nextCursor: expect.any(String),
    });
    await expect(
      actionsRegistry.invoke({
        id: 'test:get-audit-event',
        input: { id: FIRST.id },
        credentials: mockCredentials.service(),
      }),
    ).rejects.toThrow('The trail is read by users');
  });
});
