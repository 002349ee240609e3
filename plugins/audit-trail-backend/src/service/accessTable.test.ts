import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  mockCredentials,
  mockServices,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import type { Router } from 'express';
import request, { type Response } from 'supertest';
import {
  DIRECT_OWNER,
  ENGINEER,
  OTHER_ENGINEER,
  OWNER,
  startTrailBackend,
  STRANGER,
} from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent, eventInput } from '../__testUtils__/events';
import { sign } from '../__testUtils__/segment';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { createRouter } from './router';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();

const BASE = '/api/audit-trail';
const DOCUMENT = path.resolve(__dirname, '../../../../docs/permissions.md');

/** The table of the documentation: what each one gets from each endpoint. */
function readTable() {
  const [, table] = readFileSync(DOCUMENT, 'utf8').split(
    '<!-- access-table -->',
  );
  const [header, , ...rows] = table
    .trim()
    .split(/\n\n/)[0]
    .split('\n')
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    );
  const endpoints = header.slice(1).map(cell => cell.replace(/`/g, ''));
  return {
    endpoints,
    cells: rows.flatMap(([who, ...cells]) =>
      cells.map((expected, at) => ({ who, endpoint: endpoints[at], expected })),
    ),
  };
}

const service = (subject: string) =>
  mockCredentials.service.header({
    onBehalfOf: mockCredentials.service(subject),
    targetPluginId: 'audit-trail',
  });

const AUTHORIZATION: Record<string, () => string> = {
  nobody: () => mockCredentials.none.header(),
  'a token that is not valid': () => mockCredentials.user.invalidHeader(),
  'a stranger': () => mockCredentials.user.header(STRANGER),
  'an engineer of another team': () =>
    mockCredentials.user.header(OTHER_ENGINEER),
  "an entity's owner, by group": () => mockCredentials.user.header(ENGINEER),
  "an entity's owner, directly": () =>
    mockCredentials.user.header(DIRECT_OWNER),
  'an Owner': () => mockCredentials.user.header(OWNER),
  'a service': () => service('external:deploys'),
  'a plugin of the portal': () => service('plugin:catalog'),
};

const OWN = [
  auditEvent({ resource: { key: 'segment:source:s1' } }),
  auditEvent({
    type: 'Teapot Brewed',
    resource: { key: 'segment:integration:i1' },
    resources: ['segment:source:s1'],
  }),
];
const OTHERS = [
  auditEvent({
    type: 'Kettle Boiled',
    resource: { key: 'segment:warehouse:w1' },
  }),
  auditEvent({ resource: { key: 'segment:source:unknown' } }),
];

/** Everything that an answer tells of which events there are. */
type Seen = (response: Response) => unknown;
const seenIds: Seen = ({ body }) =>
  body.items.map((event: AuditEvent) => event.id).sort();
const idsOf = (events: AuditEvent[]) => events.map(({ id }) => id).sort();

/** What each endpoint that reads tells of some events. */
const READS: Record<string, { seen: Seen; of(events: AuditEvent[]): unknown }> =
  {
    'GET /v1/events': {
      seen: response => [seenIds(response), response.body.totalItems],
      of: events => [idsOf(events), events.length],
    },
    'GET /v1/events/facets': {
      seen: ({ body }) => [
        body.countedEvents,
        body.resources.map(({ value }: { value: string }) => value).sort(),
      ],
      of: events => [
        events.length,
        [...new Set(events.flatMap(({ resources }) => resources))].sort(),
      ],
    },
    'GET /v1/events/export': {
      seen: ({ text }) =>
        text
          .split('\r\n')
          .slice(1, -1)
          .map(line => line.slice(0, 36))
          .sort(),
      of: idsOf,
    },
    'GET /v1/activities': {
      seen: ({ body }) =>
        body.unmapped.map(({ type }: { type: string }) => type).sort(),
      of: events =>
        events
          .filter(({ category }) => category === 'unmapped')
          .map(({ type }) => type)
          .sort(),
    },
  };

const EVENTS: Record<string, AuditEvent[]> = {
  nothing: [],
  own: OWN,
  everything: [...OWN, ...OTHERS],
};

function routesOf(router: Router): string[] {
  return router.stack.flatMap((layer: any) =>
    layer.route
      ? Object.keys(layer.route.methods)
          .filter(method => method !== 'head')
          .map(method => `${method.toUpperCase()} ${layer.route.path}`)
      : routesOf(layer.handle),
  );
}

describe('the table of who may see what', () => {
  const { endpoints, cells } = readTable();
  let backend: TestBackend;

  beforeAll(async () => {
    const [[databaseId]] = databases.eachSupportedId();
    const knex = await databases.init(databaseId);
    await DatabaseAuditEventsStore.create({ knex }).append(EVENTS.everything);
    backend = await startTrailBackend({ knex });
  });

  it('has every endpoint that there is', () => {
    const router = createRouter({
      httpAuth: mockServices.httpAuth.mock(),
      intakes: [{ id: '', source: '', path: 'segment', receive: jest.fn() }],
      logger: mockServices.logger.mock(),
      permissions: mockServices.permissions.mock(),
    } as never);
    expect(routesOf(router).sort()).toEqual([...endpoints].sort());
  });

  const get = (who: string, address: string) =>
    request(backend.server)
      .get(`${BASE}${address}`)
      .set('Authorization', AUTHORIZATION[who]());

  it.each(cells.filter(({ endpoint }) => READS[endpoint]))(
    '$who, $endpoint: $expected',
    async ({ who, endpoint, expected }) => {
      const response = await get(who, endpoint.replace('GET ', ''));
      const { seen, of } = READS[endpoint];
      const refused = Number(expected);
      expect({
        status: response.status,
        seen: response.status === 200 ? seen(response) : undefined,
      }).toEqual({
        status: refused || 200,
        seen: refused ? undefined : of(EVENTS[expected]),
      });
    },
  );

  it.each(cells.filter(({ endpoint }) => endpoint === 'GET /v1/events/:id'))(
    '$who, $endpoint: $expected',
    async ({ who, expected }) => {
      const statuses = await Promise.all(
        EVENTS.everything.map(async event => [
          event.id,
          (await get(who, `/v1/events/${event.id}`)).status,
        ]),
      );
      expect(statuses).toEqual(
        EVENTS.everything.map(event => [
          event.id,
          Number(expected) || (EVENTS[expected].includes(event) ? 200 : 404),
        ]),
      );
    },
  );

  it.each(cells.filter(({ endpoint }) => endpoint === 'GET /v1/access'))(
    '$who, $endpoint: $expected',
    async ({ who, expected }) => {
      const { status, body } = await get(who, '/v1/access');
      expect(status).toBe(Number(expected) || 200);
      expect(body.page).toBe(
        { page: true, 'no page': false }[expected] ?? undefined,
      );
    },
  );

  it.each(cells.filter(({ endpoint }) => endpoint === 'POST /v1/events'))(
    '$who, $endpoint: $expected',
    async ({ who, expected }) => {
      const { status } = await request(backend.server)
        .post(`${BASE}/v1/events`)
        .set('Authorization', AUTHORIZATION[who]())
        .send({ events: [eventInput({ resource: { key: 'a:b:c' } })] });
      expect(status).toBe(Number(expected) || 201);
    },
  );

  it.each(
    cells.filter(({ endpoint }) => endpoint === 'POST /v1/intake/segment'),
  )('$who, $endpoint: $expected', async ({ who, expected }) => {
    expect(expected).toBe('by signature');
    const text = JSON.stringify({ event: 'Other' });
    const deliver = (signature: string) =>
      request(backend.server)
        .post(`${BASE}/v1/intake/segment`)
        .set('Authorization', AUTHORIZATION[who]())
        .set('Content-Type', 'application/json')
        .set('X-Signature', signature)
        .send(text);
    expect((await deliver(sign(text, 'other'))).status).toBe(401);
    // Signed, and so read, and found to be no audit event.
    expect((await deliver(sign(text))).status).toBe(400);
  });
});
