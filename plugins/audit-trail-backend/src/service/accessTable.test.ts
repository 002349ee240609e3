import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import type { Router } from 'express';
import request, { type Response } from 'supertest';
import { callersOf, type Proof } from '../__testUtils__/callers';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent, eventInput } from '../__testUtils__/events';
import { startPortal, type Portal } from '../__testUtils__/portal';
import { savedView } from '../__testUtils__/savedViews';
import { sign } from '../__testUtils__/segment';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { DatabaseSavedViewsStore } from '../database/DatabaseSavedViewsStore';
import { DatabaseExportsStore } from '../database/exporting/DatabaseExportsStore';
import { permissionModuleAuditTrail } from '../permissions/policy/module';
import { isExport } from './exportRouter';
import { Foreground } from '../foreground/Foreground';
import { createRouter } from './router';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();

const BASE = '/api/audit-trail';
const ACTIONS = '/.backstage/actions/v1/actions';
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
    callers: rows.map(([who]) => who),
    endpoints,
    cells: rows.flatMap(([who, ...cells]) =>
      cells.map((cell, at) => ({ who, endpoint: endpoints[at], cell })),
    ),
  };
}

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
const EVENTS: Record<string, AuditEvent[]> = {
  nothing: [],
  own: OWN,
  everything: [...OWN, ...OTHERS],
};

/** Begun by somebody who is none of those in the table. */
const ANOTHERS_EXPORT = '00000000-0000-4000-8000-000000000001';

/** Leaves out what the trail records of this very test. */
const SEEDED = '?source=segment';

const idsOf = (events: AuditEvent[]) => events.map(({ id }) => id).sort();

/** Everything that an answer tells of which events there are. */
interface Reading {
  /** Where the endpoint has a parameter in its path. */
  path?: string;
  query?: string;
  seen(response: Response): unknown;
  of(events: AuditEvent[]): unknown;
}

/** What each endpoint that reads tells of some events. */
const READS: Record<string, Reading> = {
  'GET /v1/events': {
    query: SEEDED,
    seen: ({ body }) => [idsOf(body.items), body.totalItems],
    of: events => [idsOf(events), events.length],
  },
  'GET /v1/events/facets': {
    query: SEEDED,
    seen: ({ body }) => [
      body.countedEvents,
      body.resources.map(({ value }: { value: string }) => value).sort(),
    ],
    of: events => [
      events.length,
      [...new Set(events.flatMap(({ resources }) => resources))].sort(),
    ],
  },
  'GET /v1/events/facets/:field': {
    path: '/v1/events/facets/resources',
    query: `${SEEDED}&find=segment:`,
    seen: ({ body }) =>
      body.items
        .map(({ value, count }: Record<string, unknown>) => [value, count])
        .sort(),
    of: events =>
      [...new Set(events.flatMap(({ resources }) => resources))]
        .sort()
        .map(key => [
          key,
          events.filter(({ resources }) => resources.includes(key)).length,
        ]),
  },
  'GET /v1/events/ways-out': {
    query: `${SEEDED}&category=none`,
    seen: ({ body }) => [
      body.anything,
      body.items.map(({ drop, totalItems }: Record<string, any>) => [
        drop.field,
        totalItems,
      ]),
    ],
    of: events => [
      events.length > 0,
      events.length > 0 ? [['categories', events.length]] : [],
    ],
  },
  'GET /v1/events/histogram': {
    query: SEEDED,
    seen: ({ body }) => body.total,
    of: events => events.length,
  },
  'GET /v1/events/export': {
    query: SEEDED,
    seen: ({ headers, text }) => [
      headers['x-audit-trail-export-events'],
      text
        .split('\r\n')
        .slice(1, -1)
        .map(line => line.slice(0, 36))
        .sort(),
    ],
    of: events => [String(events.length), idsOf(events)],
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

let registered = 0;

/** Sends requests as somebody. */
interface Client {
  get(address: string): Promise<Response>;
  post(address: string, body: object, headers?: Proof): Promise<Response>;
  patch(address: string, body: object): Promise<Response>;
  delete(address: string): Promise<Response>;
  put(address: string, body: object): Promise<Response>;
}

const clientOf = (portal: Portal, proof: Proof): Client => ({
  get: async address =>
    request(portal.server).get(`${BASE}${address}`).set(proof),
  post: async (address, body, headers = {}) =>
    request(portal.server)
      .post(`${BASE}${address}`)
      .set({ ...proof, ...headers })
      .send(body),
  patch: async (address, body) =>
    request(portal.server).patch(`${BASE}${address}`).set(proof).send(body),
  delete: async address =>
    request(portal.server).delete(`${BASE}${address}`).set(proof),
  put: async (address, body) =>
    request(portal.server).put(`${BASE}${address}`).set(proof).send(body),
});

/** Tries an endpoint: what it answers, and what the cell of the table means. */
type Trial = (
  cell: string,
  client: Client,
) => Promise<{ answers: unknown; means: unknown }>;

function tryReading(endpoint: string, reading: Reading): Trial {
  const { path: place, query = '', seen, of } = reading;
  const address = place ?? endpoint.replace('GET ', '');
  return async (cell, client) => {
    // Those who see nothing see not even that they have looked.
    const others = place ? '?find=:' : '';
    const queries = cell === 'nothing' ? [query, others] : [query];
    const refused = Number(cell);
    const responses = await Promise.all(
      queries.map(async one => client.get(`${address}${one}`)),
    );
    return {
      answers: responses.map(response => [
        response.status,
        response.status === 200 && seen(response),
      ]),
      means: queries.map(() =>
        refused ? [refused, false] : [200, of(EVENTS[cell])],
      ),
    };
  };
}

/**
 * Tries an endpoint for Owners. There is no destination here, so that whoever
 * is let in is told so, and nobody else learns even that.
 */
const tryForOwners =
  (ask: (client: Client) => Promise<Response>, status: number): Trial =>
  async (cell, client) => ({
    answers: (await ask(client)).status,
    means: cell === 'allowed' ? status : Number(cell),
  });

/** Views that somebody else keeps, and that are shared. */
const STORED_VIEWS = [
  savedView({ name: 'Private', ownerRef: 'user:default/somebody-else' }),
  savedView({ name: 'Shared' }),
];

let views = 0;

/**
 * Tries an endpoint that changes a view: one's own, a shared one, and another
 * user's own. Whoever has no page is not told that there is a shared one.
 */
const tryChangingViews =
  (
    change: (
      client: Client,
      view: { id: string; version: number },
    ) => Promise<Response>,
    status: number,
  ): Trial =>
  async (cell, client) => {
    const newView = async (owner: Client, shared: boolean) => {
      views++;
      const { body } = await owner.post('/v1/views', {
        name: `View ${views}`,
        query: '',
        shared,
      });
      return { id: String(body.id ?? STORED_VIEWS[0].id), version: 1 };
    };
    const [other, shared] = STORED_VIEWS;
    const answers = [
      await change(client, await newView(client, false)),
      await change(
        client,
        cell === 'own, shared' ? await newView(client, true) : shared,
      ),
      await change(client, other),
    ];
    return {
      answers: answers.map(answer => answer.status),
      means:
        {
          own: [status, 404, 404],
          'own, shared': [status, status, 404],
        }[cell] ?? Array(3).fill(Number(cell)),
    };
  };

const TRIALS: Record<string, Trial> = {
  'GET /v1/views': async (cell, client) => {
    const { status, body } = await client.get('/v1/views');
    const seen = STORED_VIEWS.map(({ id }) =>
      body.items?.some((view: { id: string }) => view.id === id),
    );
    return {
      answers: [status, body.mayShare, ...seen],
      means: {
        own: [200, false, false, false],
        'own, shared': [200, true, false, true],
      }[cell] ?? [Number(cell), undefined, undefined, undefined],
    };
  },
  'POST /v1/views': async (cell, client) => {
    const answers = [];
    for (const shared of [false, true]) {
      views++;
      const name = `View ${views}`;
      answers.push(
        (await client.post('/v1/views', { name, query: '', shared })).status,
      );
    }
    return {
      answers,
      means: { own: [201, 403], 'own, shared': [201, 201] }[cell] ?? [
        Number(cell),
        Number(cell),
      ],
    };
  },
  'PATCH /v1/views/:id': tryChangingViews(
    (client, { id, version }) =>
      client.patch(`/v1/views/${id}`, { version, query: 'q=x' }),
    200,
  ),
  'DELETE /v1/views/:id': tryChangingViews(
    (client, { id, version }) =>
      client.delete(`/v1/views/${id}?version=${version}`),
    204,
  ),
  'GET /v1/destinations': tryForOwners(
    client => client.get('/v1/destinations'),
    200,
  ),
  'PATCH /v1/destinations/:id': tryForOwners(
    client => client.patch('/v1/destinations/siem', { enabled: false }),
    404,
  ),
  'POST /v1/destinations/:id/preview': tryForOwners(
    client =>
      client.post('/v1/destinations/siem/preview', {
        filter: {},
        since: '2026-01-01',
      }),
    404,
  ),
  'POST /v1/destinations/:id/test': tryForOwners(
    client => client.post('/v1/destinations/siem/test', {}),
    404,
  ),
  'GET /v1/deliveries': tryForOwners(
    client => client.get('/v1/deliveries'),
    200,
  ),
  'POST /v1/deliveries/redrive': tryForOwners(
    client => client.post('/v1/deliveries/redrive', { destination: 'siem' }),
    404,
  ),
  ...Object.fromEntries(
    Object.entries(READS).map(([endpoint, reading]) => [
      endpoint,
      tryReading(endpoint, reading),
    ]),
  ),
  'GET /v1/events/newer': async (cell, client) => {
    // Only who has seen a page has a cursor to ask with.
    const one = await client.get(`/v1/events${SEEDED}&limit=1`);
    const { nextCursor } = one.body.pageInfo ?? {};
    const two = await client.get(
      `/v1/events${SEEDED}&limit=1&cursor=${nextCursor ?? ''}`,
    );
    const cursor = two.body.pageInfo?.prevCursor ?? '';
    const { status, body } = await client.get(
      `/v1/events/newer${SEEDED}&cursor=${cursor}`,
    );
    return {
      answers: [status, body.totalItems],
      means: EVENTS[cell]?.length ? [200, 1] : [Number(cell) || 400, undefined],
    };
  },
  'GET /v1/events/:id/related': async (cell, client) => {
    const responses = await Promise.all(
      EVENTS.everything.map(({ id }) => client.get(`/v1/events/${id}/related`)),
    );
    const visible = EVENTS[cell] ?? [];
    return {
      answers: responses.map(({ status, body }) => [
        status,
        body.resource?.totalItems,
      ]),
      means: EVENTS.everything.map(event =>
        visible.includes(event)
          ? [
              200,
              visible.filter(({ resources }) =>
                resources.includes(event.resource.key),
              ).length,
            ]
          : [Number(cell) || 404, undefined],
      ),
    };
  },
  'GET /v1/events/:id': async (cell, client) => {
    const responses = await Promise.all(
      EVENTS.everything.map(({ id }) => client.get(`/v1/events/${id}`)),
    );
    return {
      answers: responses.map(({ status, body }) => [status, body.id]),
      means: EVENTS.everything.map(event =>
        EVENTS[cell]?.includes(event)
          ? [200, event.id]
          : [Number(cell) || 404, undefined],
      ),
    };
  },
  'query-audit-events': async (cell, client) => {
    const { status, body } = await client.post(
      `${ACTIONS}/audit-trail:query-audit-events/invoke`,
      { source: 'segment' },
    );
    const events = EVENTS[cell];
    return {
      answers: [
        status,
        body.output && [idsOf(body.output.items), body.output.totalItems],
      ],
      means: events
        ? [200, [idsOf(events), events.length]]
        : [Number(cell), undefined],
    };
  },
  'get-audit-event': async (cell, client) => {
    const responses = await Promise.all(
      EVENTS.everything.map(({ id }) =>
        client.post(`${ACTIONS}/audit-trail:get-audit-event/invoke`, { id }),
      ),
    );
    return {
      answers: responses.map(({ status, body }) => [
        status,
        body.output?.event.id,
      ]),
      means: EVENTS.everything.map(event =>
        EVENTS[cell]?.includes(event)
          ? [200, event.id]
          : [Number(cell) || 404, undefined],
      ),
    };
  },
  'GET /v1/exports/:id': async (cell, client) => {
    const { headers } = await client.get(`/v1/events/export${SEEDED}`);
    const own = headers['x-audit-trail-export-id'];
    const statuses = await Promise.all(
      [own ?? ANOTHERS_EXPORT, ANOTHERS_EXPORT].map(async id => {
        const { status } = await client.get(`/v1/exports/${id}`);
        return status;
      }),
    );
    return {
      answers: statuses,
      means: cell === 'their own' ? [200, 404] : [Number(cell), Number(cell)],
    };
  },
  'GET /v1/access': async (cell, client) => {
    const { status, body } = await client.get('/v1/access');
    return {
      answers: [status, body.page],
      means: {
        page: [200, true],
        'no page': [200, false],
      }[cell] ?? [Number(cell), undefined],
    };
  },
  'GET /v1/coverage': async (cell, client) => {
    const { status, body } = await client.get('/v1/coverage');
    const seen = (items: { source?: { target: string } }[]) =>
      items.map(({ source }) => source?.target ?? 'only which time');
    const told: Record<string, string[]> = {
      nothing: [],
      own: ['only which time'],
      everything: ['acme'],
    };
    return {
      answers: [status, status === 200 && seen(body.items)],
      means: told[cell] ? [200, told[cell]] : [Number(cell), false],
    };
  },
  'POST /v1/events': async (cell, client) => {
    const { status } = await client.post('/v1/events', {
      events: [eventInput({ resource: { key: 'a:b:c' } })],
    });
    return {
      answers: status,
      means: cell === 'may record' ? 201 : Number(cell),
    };
  },
  'PUT /v1/activities': async (cell, client) => {
    const { status } = await client.put('/v1/activities', {
      activities: [{ id: `a.b${registered++}`, label: 'A', category: 'a' }],
    });
    return {
      answers: status,
      // No two services may describe the same.
      means: cell === 'may register' ? 204 : Number(cell),
    };
  },
  'POST /v1/intake/segment': async (cell, client) => {
    const delivery = { event: 'Other' };
    const deliver = async (secret?: string) => {
      const { status } = await client.post('/v1/intake/segment', delivery, {
        'X-Signature': sign(JSON.stringify(delivery), secret),
      });
      return status;
    };
    return {
      answers: [await deliver('other'), await deliver()],
      // Signed, and so read, and found to be no audit event.
      means: cell === 'by signature' && [401, 400],
    };
  },
};

function routesOf(router: Router): string[] {
  return router.stack.flatMap((layer: any) =>
    layer.route
      ? Object.keys(layer.route.methods)
          .filter(method => method !== 'head')
          .map(method => `${method.toUpperCase()} ${layer.route.path}`)
      : routesOf(layer.handle.stack ? layer.handle : { stack: [] }),
  );
}

const databaseIds = databases.eachSupportedId().map(([id]) => id);

/** Portals that the table holds in. */
const PORTALS = [
  ...databaseIds.map(databaseId => ({
    how: 'under the stock policy, which allows everything',
    databaseId,
    options: {},
  })),
  {
    how: 'without permissions, even if the policy is to decide',
    databaseId: databaseIds[0],
    options: { permissionsEnabled: false, access: 'policy' as const },
  },
  {
    how: 'if the ready policy decides alone',
    databaseId: databaseIds[databaseIds.length - 1],
    options: { access: 'policy' as const, policy: permissionModuleAuditTrail },
  },
];

describe.each(PORTALS)(
  'the table of who may see what, $how, on $databaseId',
  ({ databaseId, options }) => {
    const { callers, cells, endpoints } = readTable();
    let portal: Portal;
    let proofs: Record<string, Proof[]>;

    beforeAll(async () => {
      const knex = await databases.init(databaseId);
      await DatabaseAuditEventsStore.create({ knex }).append(EVENTS.everything);
      const store = DatabaseSavedViewsStore.create({ knex });
      await Promise.all(STORED_VIEWS.map(view => store.add(view, 10)));
      await DatabaseExportsStore.create({ knex }).begin({
        id: ANOTHERS_EXPORT,
        userRef: 'user:default/another',
        format: 'csv',
        choice: {},
      });
      portal = await startPortal({ knex, ...options });
      proofs = await callersOf(portal);
    });

    it('has every endpoint that there is', () => {
      const router = createRouter({
        foreground: new Foreground(isExport),
        httpAuth: mockServices.httpAuth.mock(),
        intakes: [{ id: '', source: '', path: 'segment', receive: jest.fn() }],
        logger: mockServices.logger.mock(),
        permissions: mockServices.permissions.mock(),
      } as never);
      expect(routesOf(router).sort()).toEqual(
        endpoints.filter(endpoint => endpoint.includes(' /')).sort(),
      );
    });

    it('has every action that there is', async () => {
      const { body } = await clientOf(portal, proofs['an Owner'][0]).get(
        ACTIONS,
      );
      expect(body.actions.map(({ name }: { name: string }) => name)).toEqual(
        endpoints.filter(endpoint => !endpoint.includes(' /')),
      );
    });

    it('has everyone who may ask', () => {
      expect(callers).toEqual(Object.keys(proofs));
    });

    it.each(cells)(
      '$who, $endpoint: $cell',
      async ({ who, endpoint, cell }) => {
        for (const proof of proofs[who]) {
          const client = clientOf(portal, proof);
          const { answers, means } = await TRIALS[endpoint](cell, client);
          expect(answers).toEqual(means);
        }
      },
    );
  },
);
