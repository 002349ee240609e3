import http from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  ENGINEER,
  SECRET,
  startTrailBackend,
  STRANGER,
} from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent, eventInput, seededRandom } from '../__testUtils__/events';
import {
  RecordingDestination,
  recordingModule,
} from '../__testUtils__/recordingForwarder';
import { savedView } from '../__testUtils__/savedViews';
import { sign } from '../__testUtils__/segment';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { DatabaseSavedViewsStore } from '../database/DatabaseSavedViewsStore';

jest.setTimeout(180_000);

const databases = new TestTrailDatabases();
const REQUESTS = 2_400;
/** Stands in every event that neither of the two may see. */
const HIDDEN = 'hidden4711';

const PAYLOADS = [
  '',
  ' ',
  '%',
  '_',
  '*',
  '\0',
  'a\0b',
  '\ud800',
  '\u202e',
  '🔥',
  "'",
  '"',
  '`',
  '\\',
  "' or 1=1 --",
  "'; drop table audit_events; --",
  '") or ("1"="1',
  '1 union select name, value from audit_settings',
  "x'::tsquery",
  ':* | !x',
  '${7*7}',
  '{{7*7}}',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'null',
  'undefined',
  'NaN',
  'true',
  '-1',
  '0',
  '1e9',
  '99999999999999999999',
  '[object Object]',
  'x'.repeat(3_000),
  HIDDEN,
  'warehouse.disabled',
  'segment:warehouse:w1',
  'segment:source:s1',
  'resource:default/orders',
  'resource:default/web-shop',
  'group:default/owners',
  '2026-01-01',
  '2026-01-01T00:00:00Z',
  '275760-09-13',
  '+275760-09-13T00:00:00Z',
  '0000-00-00',
  '2026-02-30',
];
const NAMES = [
  ...['type', 'category', 'actor', 'actorType', 'resource', 'workspace'],
  ...['source', 'outcome', 'entityRef', 'harmful', 'from', 'to', 'q'],
  ...['limit', 'cursor', 'order', 'format', 'not.type', 'not.resource'],
  ...['destination', 'eventId', 'state', 'find', 'find', 'version'],
  'compress',
  ...['timeZone', 'buckets'],
  ...['not.q', '__proto__', 'type[]', 'type[$ne]', 'claims', 'owner'],
];
const BODIES = [
  '',
  'null',
  '[]',
  '{}',
  '[null]',
  '{"events":{"length":3}}',
  '{"events":[[],null,0,"x",{}]}',
  '{"__proto__":{"events":[]}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"enabled":false}',
  '{"filter":{"types":["x"]},"paused":true}',
  '{"destination":"data"}',
  '{"filter":{},"since":"2026-01-01"}',
  '{"destination":{"$ne":null},"eventIds":[{}]}',
  '{"name":"x","query":"harmful=true"}',
  '{"name":"x","query":"","shared":true}',
  '{"name":{"$ne":null},"query":["type=x"]}',
  '{"version":1,"query":"q=x","shared":true}',
  '{"version":1,"ownerRef":"","name":"x"}',
  '{"event":"Audit","properties":[]}',
  '{"event":"Audit","properties":{"type":{},"details":null}}',
  `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  '\ufeff{}',
  '{"a":1e999}',
  '{"a":"\\ud800"}',
];

describe.each(databases.eachSupportedId())(
  'hostile requests on %s',
  databaseId => {
    let backend: TestBackend;
    let knex: Knex;
    let port: number;
    let ownIds: string[];
    let hiddenIds: string[];
    let views: DatabaseSavedViewsStore;
    const sharedView = savedView({ name: HIDDEN, query: `q=${HIDDEN}` });
    const destination = new RecordingDestination();

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      const own = Array.from({ length: 20 }, () =>
        auditEvent({ resource: { key: 'segment:source:s1' } }),
      );
      const hidden = Array.from({ length: 20 }, () =>
        auditEvent({
          type: `Kettle ${HIDDEN}`,
          actor: { type: 'user', id: HIDDEN },
          resource: { key: 'segment:warehouse:w1', name: HIDDEN },
          details: { secret: HIDDEN },
        }),
      );
      await DatabaseAuditEventsStore.create({ knex }).append([
        ...own,
        ...hidden,
      ]);
      views = DatabaseSavedViewsStore.create({ knex });
      await views.add(sharedView, 10);
      ownIds = own.map(({ id }) => id);
      hiddenIds = hidden.map(({ id }) => id);
      backend = await startTrailBackend({
        knex,
        features: [recordingModule({ data: destination })],
        config: {
          app: { baseUrl: 'https://portal.example.com' },
          auditTrail: {
            owners: ['group:default/owners'],
            intake: { segment: { secret: SECRET } },
            forwarding: { destinations: { data: { type: 'recording' } } },
            rateLimits: {
              reads: 100_000,
              exports: 100_000,
              exportsAtOnce: 100,
            },
          },
        },
      });
      port = (backend.server.address() as AddressInfo).port;
    });

    /** Sends what a client library would refuse to send. */
    const send = (options: {
      method: string;
      path: string;
      headers: Record<string, string>;
      body?: string;
    }) =>
      new Promise<{ status: number; text: string }>((resolve, reject) => {
        const { body, ...rest } = options;
        const sent = http.request(
          { host: '127.0.0.1', port, ...rest },
          answer => {
            const parts: Buffer[] = [];
            answer.on('data', part => parts.push(part));
            answer.on('end', () =>
              resolve({
                status: answer.statusCode!,
                text: Buffer.concat(parts).toString(),
              }),
            );
            answer.on('error', reject);
          },
        );
        sent.on('error', reject);
        sent.end(body);
      });

    it('tell nothing of what is hidden, and find no fault of ours', async () => {
      const random = seededRandom(42);
      const pick = <T>(from: readonly T[]) =>
        from[Math.floor(random() * from.length)];
      const encode = (value: string) =>
        random() < 0.1
          ? encodeURI(Buffer.from(value).toString()).replace(/[\s\p{Cc}]/gu, '')
          : encodeURIComponent(Buffer.from(value).toString());
      const authorizations = [
        mockCredentials.user.header(STRANGER),
        mockCredentials.user.header(ENGINEER),
        mockCredentials.none.header(),
      ];
      const makeRequest = () => {
        const headers: Record<string, string> = {
          authorization: pick(authorizations),
          'content-type': pick([
            'application/json',
            'text/plain',
            'a/b; charset=x',
          ]),
          'x-signature': pick(['', 'x', 'a'.repeat(40), 'a'.repeat(9_000)]),
          'x-forwarded-user': 'user:default/olivia',
          'accept-language': pick(['*', '\'"', 'x'.repeat(500)]),
        };
        if (random() < 0.25) {
          const body =
            random() < 0.3
              ? JSON.stringify({ events: [eventInput()] })
              : pick(BODIES);
          if (random() < 0.5) {
            headers['x-signature'] = sign(body);
          }
          return {
            method: pick(['POST', 'PUT', 'PATCH', 'DELETE']),
            path: `/api/audit-trail${pick([
              '/v1/events',
              '/v1/intake/segment',
              '/v1/intake/other',
              '/v1/destinations/data',
              '/v1/destinations/data/test',
              '/v1/destinations/data/preview',
              '/v1/destinations/%2e%2e/test',
              '/v1/deliveries/redrive',
              '/v1/views',
              `/v1/views/${sharedView.id}`,
              `/v1/views/${sharedView.id}?version=1`,
              '/v1/views/%00?version=1',
            ])}`,
            headers,
            body,
          };
        }
        const id = () =>
          pick([
            ...hiddenIds.slice(0, 5),
            ...ownIds.slice(0, 2),
            ...PAYLOADS,
            hiddenIds[0].toUpperCase(),
            `${hiddenIds[0]}%00`,
          ]);
        const address = pick([
          '/v1/events',
          '/v1/events',
          '/v1/events/facets',
          '/v1/events/facets/actors',
          '/v1/events/facets/resources',
          `/v1/events/facets/${encode(pick(PAYLOADS))}`,
          '/v1/events/ways-out',
          '/v1/events/histogram',
          '/v1/events/newer',
          `/v1/events/${encode(id())}/related`,
          '/v1/events/export',
          '/v1/activities',
          '/v1/access',
          '/v1/destinations',
          '/v1/deliveries',
          '/v1/views',
          `/v1/views/${sharedView.id}`,
          `/v1/exports/${encode(id())}`,
          `/v1/events/${encode(id())}`,
          `/v1/events/${encode(id())}/..`,
          '/v1/events/%',
          '//v1/events',
          '/v1/../v1/events',
        ]);
        const query = Array.from({ length: Math.floor(random() * 4) }, () => {
          const value =
            random() < 0.3
              ? pick(hiddenIds)
              : pick(PAYLOADS) + pick(['', '', pick(PAYLOADS)]);
          return `${pick(NAMES)}=${encode(value)}`;
        });
        return {
          method: pick(['GET', 'GET', 'GET', 'HEAD', 'OPTIONS']),
          path: `/api/audit-trail${address}?${query.join('&')}`,
          headers,
        };
      };

      const statuses: Record<number, number> = {};
      for (let n = 0; n < REQUESTS; n++) {
        const made = makeRequest();
        const { status, text } = await send(made);
        statuses[status] = (statuses[status] ?? 0) + 1;
        // What the request itself said comes back in errors' messages.
        let told = text.replaceAll(made.path, '');
        if (made.path.includes('/ways-out?')) {
          // And in what there is to drop of it.
          const [, query] = made.path.split('?');
          for (const value of new URLSearchParams(query).values()) {
            told = told.replaceAll(JSON.stringify(value), '');
          }
        }
        const leaked =
          status < 400 &&
          (told.includes(HIDDEN) || hiddenIds.some(id => told.includes(id)));
        const ownToStranger =
          made.headers.authorization === authorizations[0] &&
          status < 400 &&
          ownIds.some(id => told.includes(id));
        expect({
          made,
          status,
          leaked,
          ownToStranger,
          text: status < 500 || text,
        }).toEqual({
          made,
          status: status < 500 ? status : 'below 500',
          leaked: false,
          ownToStranger: false,
          text: true,
        });
      }
      // The shared view is as it was.
      expect(await views.get(sharedView.id)).toEqual(sharedView);
      // Nobody of them has changed, tested or redriven a destination.
      const settings = await knex('audit_destinations').first();
      expect([Boolean(settings.enabled), Boolean(settings.paused)]).toEqual([
        true,
        false,
      ]);
      expect(destination.tests).toBe(0);
      // They reached what they were meant for.
      expect(statuses[200]).toBeGreaterThan(200);
      expect(statuses[400]).toBeGreaterThan(200);
      expect(statuses[401]).toBeGreaterThan(100);
    });
  },
);
