import type { AddressInfo } from 'node:net';
import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  ENGINEER,
  OWNER,
  SECRET,
  startTrailBackend,
  STRANGER,
} from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent, eventInput, seededRandom } from '../__testUtils__/events';
import { injectedRequests } from '../__testUtils__/injectedRequests';
import {
  RecordingDestination,
  recordingModule,
} from '../__testUtils__/recordingForwarder';
import { BODIES, NAMES, PAYLOADS } from '../__testUtils__/hostileRequests';
import { sendRaw, wordsTold } from '../__testUtils__/rawRequests';
import { savedView } from '../__testUtils__/savedViews';
import { sign } from '../__testUtils__/segment';
import { SQL_INJECTIONS } from '../__testUtils__/sqlInjections';
import { tablesOf } from '../__testUtils__/tables';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { DatabaseSavedViewsStore } from '../database/DatabaseSavedViewsStore';

jest.setTimeout(300_000);

const databases = new TestTrailDatabases();
const REQUESTS = 2_400;
/** Where it is noted who looked at the trail. */
const TRACES = [
  ...['audit_events', 'audit_event_resources', 'audit_event_kinds'],
  ...['audit_event_counts', 'audit_event_hours', 'audit_views'],
];
/** Places of the API that each SQL injection is sent to. */
const PLACES_EACH = 4;
/** Stands in every event that neither of the two may see. */
const HIDDEN = 'hidden4711';
const VALUES = [...PAYLOADS, HIDDEN];

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
            ...VALUES,
            hiddenIds[0].toUpperCase(),
            `${hiddenIds[0]}%00`,
          ]);
        const address = pick([
          '/v1/events',
          '/v1/events',
          '/v1/events/facets',
          '/v1/events/facets/actors',
          '/v1/events/facets/resources',
          `/v1/events/facets/${encode(pick(VALUES))}`,
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
              : pick(VALUES) + pick(['', '', pick(VALUES)]);
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
        const { status, headers, text } = await sendRaw(port, made);
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
        const secrets = [
          ...[HIDDEN, ...hiddenIds],
          ...(made.headers.authorization === authorizations[1] ? [] : ownIds),
        ];
        const leaked =
          status < 400
            ? [
                ...secrets.filter(secret => told.includes(secret)),
                ...wordsTold(headers, made, secrets),
              ]
            : wordsTold(`${headers}\n${text}`, made, secrets);
        expect({
          made,
          status,
          leaked,
          text: (status < 500 && leaked.length === 0) || `${headers}\n${text}`,
        }).toEqual({
          made,
          status: status < 500 ? status : 'below 500',
          leaked: [],
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

    it('are answered alike whether something hidden is there or not', async () => {
      const late = auditEvent({
        type: `Kettle ${HIDDEN} late`,
        actor: { type: 'user', id: `late-${HIDDEN}` },
        resource: { key: 'segment:warehouse:w1' },
      });
      const query = 'from=2026-01-01&to=2026-12-31';
      const addresses = [
        `/events/${late.id}`,
        `/events/${late.id}/related`,
        '/events?limit=5',
        `/events?q=${HIDDEN}`,
        `/events?actor=late-${HIDDEN}`,
        '/events/facets',
        '/events/facets/actors?find=late',
        '/events/facets/resources?find=segment',
        `/events/ways-out?${query}&category=none`,
        `/events/histogram?${query}`,
        `/events/export?${query}&format=ndjson`,
        '/activities',
        '/deliveries',
        `/deliveries?eventId=${late.id}`,
        '/access',
      ];
      const ask = async (user: string, address: string, etag?: string) => {
        const { status, headers, text } = await sendRaw(port, {
          method: 'GET',
          path: `/api/audit-trail/v1${address}`,
          headers: {
            authorization: mockCredentials.user.header(user),
            ...(etag && { 'if-none-match': etag }),
          },
        });
        return {
          ...{ address, status, text },
          // But for what is another in each answer.
          headers: headers.replace(
            /^(date|ratelimit|x-audit-trail-export-id):.*\n/gim,
            '',
          ),
        };
      };
      const askAll = async (user: string) => {
        const answers = [];
        for (const address of addresses) {
          answers.push(await ask(user, address));
        }
        return answers;
      };
      const etagOf = ({ headers }: { headers: string }) =>
        /^etag: (.+)$/im.exec(headers)?.[1];
      // Whoever looks first leaves a trace of it.
      await askAll(OWNER);
      const readers = [ENGINEER, STRANGER];
      const before = [await askAll(readers[0]), await askAll(readers[1])];
      const owners = await askAll(OWNER);
      await DatabaseAuditEventsStore.create({ knex }).append([late]);
      expect([await askAll(readers[0]), await askAll(readers[1])]).toEqual(
        before,
      );
      const seen = await ask(OWNER, addresses[0]);
      expect([owners[0].status, seen.status]).toEqual([404, 200]);
      const counts = async () =>
        (await askAll(OWNER)).filter(({ status }) => status === 200);
      expect(await counts()).not.toEqual(
        owners.filter(({ status }) => status === 200),
      );
      // Nor does it help to know what an Owner was answered.
      expect(etagOf(seen)).toBeDefined();
      for (const reader of readers) {
        const { status, headers, text } = await ask(
          reader,
          addresses[0],
          etagOf(seen),
        );
        expect({ address: addresses[0], status, headers, text }).toEqual(
          before[readers.indexOf(reader)][0],
        );
      }
    });
  },
);

describe.each(databases.eachSupportedId())(
  'SQL injections by requests on %s',
  databaseId => {
    it('change no answer and no table', async () => {
      expect(SQL_INJECTIONS).toHaveLength(500);
      const knex = await databases.init(databaseId);
      const store = DatabaseAuditEventsStore.create({ knex });
      // Some are what is stored, so that there is something to choose.
      const stored = SQL_INJECTIONS.slice(0, 100);
      const events = stored.map(payload =>
        auditEvent({
          type: payload.slice(0, 200),
          actor: { type: 'user', id: payload },
          details: { note: payload },
        }),
      );
      await store.append(events);
      const view = savedView();
      await DatabaseSavedViewsStore.create({ knex }).add(view, 10);
      const destination = new RecordingDestination();
      const backend = await startTrailBackend({
        knex,
        features: [recordingModule({ data: destination })],
        config: {
          app: { baseUrl: 'https://portal.example.com' },
          auditTrail: {
            owners: ['group:default/owners'],
            forwarding: {
              destinations: { data: { type: 'recording', enabled: false } },
            },
            rateLimits: {
              reads: 100_000,
              exports: 100_000,
              exportsAtOnce: 100,
            },
          },
        },
      });
      const { port } = backend.server.address() as AddressInfo;
      const places = Object.entries(
        injectedRequests({
          event: events[0].id,
          view: view.id,
          destination: 'data',
        }),
      );
      const before = await tablesOf(knex);
      const segments = knex('audit_events').where('source', 'segment');
      const rows = await segments.clone().orderBy('id');
      const settings = await knex('audit_settings').orderBy('name');

      const statuses: Record<number, number> = {};
      let slowest: unknown[] = [0];
      /** By actors: what is stored, and nothing else. */
      const chosen: [payload: string, events: number][] = [];
      const made = { views: 0, exports: 0 };
      for (let n = 0; n < SQL_INJECTIONS.length * PLACES_EACH; n++) {
        const payload = SQL_INJECTIONS[Math.floor(n / PLACES_EACH)];
        const [place, requestWith] = places[n % places.length];
        const sent = requestWith(payload);
        const { status, text, milliseconds } = await sendRaw(port, {
          ...sent,
          headers: {
            authorization: mockCredentials.user.header(OWNER),
            'content-type': 'application/json',
          },
        });
        statuses[status] = (statuses[status] ?? 0) + 1;
        expect({ place, payload, fault: status >= 500 && text }).toEqual({
          ...{ place, payload },
          fault: false,
        });
        if (place === 'actor of events') {
          chosen.push([payload, JSON.parse(text).totalItems]);
        }
        if (milliseconds > Number(slowest[0])) {
          slowest = [milliseconds, place, payload];
        }
        made.views += status === 201 ? 1 : 0;
        made.exports +=
          status === 200 && sent.path.includes('/export?') ? 1 : 0;
      }
      expect(chosen).toEqual(
        chosen.map(([payload]) => [payload, stored.includes(payload) ? 1 : 0]),
      );
      // None of them has slept for the five seconds that some ask for.
      expect(slowest[0]).toBeLessThan(2_000);
      expect(statuses[200]).toBeGreaterThan(500);
      expect(statuses[400]).toBeGreaterThan(300);
      expect(made.views).toBeGreaterThan(10);

      const after = await tablesOf(knex);
      expect(after.objects).toEqual(before.objects);
      const traces = Object.fromEntries(
        TRACES.map(table => [table, expect.any(Number)]),
      );
      expect(after.rows).toEqual({
        ...{ ...before.rows, ...traces },
        audit_saved_views: before.rows.audit_saved_views + made.views,
        audit_exports: made.exports,
      });
      expect(await segments.clone().orderBy('id')).toEqual(rows);
      expect(
        await knex('audit_events')
          .whereNot('source', 'segment')
          .distinct()
          .pluck('category'),
      ).toEqual(['audit-trail']);
      expect(await knex('audit_settings').orderBy('name')).toEqual(settings);
    });
  },
);
