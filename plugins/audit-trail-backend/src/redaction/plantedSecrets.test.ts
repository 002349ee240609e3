import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  type AuditorService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type {
  AuditEvent,
  Destination,
} from 'backstage-plugin-audit-trail-common';
import {
  auditTrailServiceRef,
  type AuditTrailService,
} from 'backstage-plugin-audit-trail-node';
import auditTrailAuditor from 'backstage-plugin-audit-trail-node/auditor';
import type { Knex } from 'knex';
import request from 'supertest';
import { OWNER, SECRET, startTrailBackend } from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { eventInput } from '../__testUtils__/events';
import { PLANTED } from '../__testUtils__/plantedSecrets';
import {
  RecordingDestination,
  recordingModule,
} from '../__testUtils__/recordingForwarder';
import { recordingLogger } from '../__testUtils__/recordingLogger';
import {
  startSecretDestinations,
  type SecretDestinations,
} from '../__testUtils__/secretDestinations';
import { sign } from '../__testUtils__/segment';
import { waitUntil } from '../__testUtils__/waitUntil';

jest.setTimeout(300_000);

const databases = new TestTrailDatabases();
const BASE = '/api/audit-trail/v1';

describe.each(databases.eachSupportedId())(
  'planted secrets on %s',
  databaseId => {
    const lines: string[] = [];
    const parts = {} as { auditor: AuditorService; trail: AuditTrailService };
    let backend: TestBackend;
    let knex: Knex;
    let spool: string;
    let sent: AuditEvent[];
    let secretive: SecretDestinations;
    /** What a destination says why it takes nothing. */
    let refusal: string | undefined;

    const plugin = createBackendPlugin({
      pluginId: 'deploys',
      register(env) {
        env.registerInit({
          deps: {
            auditor: coreServices.auditor,
            trail: auditTrailServiceRef,
          },
          async init(deps) {
            Object.assign(parts, deps);
          },
        });
      },
    });

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      spool = await mkdtemp(path.join(tmpdir(), 'planted-'));
      sent = [];
      secretive = await startSecretDestinations();
      const destination = new RecordingDestination();
      destination.answer = events => {
        if (refusal) {
          throw new Error(refusal);
        }
        sent.push(...events);
      };
      backend = await startTrailBackend({
        knex,
        features: [
          plugin,
          auditTrailAuditor,
          recordingModule({ data: destination }),
          createServiceFactory({
            service: coreServices.logger,
            deps: { plugin: coreServices.pluginMetadata },
            factory: ({ plugin: { getId } }) =>
              recordingLogger(lines, { plugin: getId() }),
          }),
          createServiceFactory({
            service: coreServices.rootLogger,
            deps: {},
            factory: () => recordingLogger(lines),
          }),
        ],
        config: {
          app: { baseUrl: 'http://localhost:3000' },
          auditTrail: {
            owners: ['group:default/owners'],
            intake: { segment: { secret: SECRET } },
            retention: false,
            redaction: { keys: ['partnerCode'] },
            auditor: { spool: { directory: spool } },
            forwarding: {
              allowedHosts: ['127.0.0.1'],
              destinations: {
                data: { type: 'recording' },
                ...secretive.destinations,
              },
            },
          },
        },
      });
    });
    afterAll(async () => {
      await backend?.stop();
      await secretive.close();
    });

    const asService = () =>
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.service('external:ci'),
        targetPluginId: 'audit-trail',
      });
    const asOwner = () => mockCredentials.user.header(OWNER);
    const get = async (address: string) => {
      const { text } = await request(backend.server)
        .get(`${BASE}${address}`)
        .set('Authorization', asOwner());
      return text;
    };
    const rowCount = async () =>
      Number((await knex('audit_events').count({ count: '*' }))[0].count);

    it('are nowhere, whichever way they came in by', async () => {
      const answers: string[] = [];
      const post = async (address: string, body: object, headers: object) => {
        const { text } = await request(backend.server)
          .post(`${BASE}${address}`)
          .set({ Authorization: asService(), ...headers })
          .send(body);
        answers.push(text);
      };

      // The HTTP API, with and without faults.
      await post(
        '/events',
        { events: PLANTED.map(([, details]) => eventInput({ details })) },
        {},
      );
      await post(
        '/events',
        {
          events: PLANTED.map(([secret, details]) => ({
            ...eventInput({ details }),
            actor: { type: secret, id: 'x' },
          })),
        },
        {},
      );
      // Segment's deliveries, whole and faulty.
      const deliveries = PLANTED.map(([secret, details], at) => ({
        type: 'track',
        event: at === 3 ? secret : 'Audit',
        userId: 'u1',
        messageId: `m-${at}`,
        timestamp: '2026-03-01T10:00:00.000Z',
        properties: { type: 'Source Modified', workspace_id: 'ws1', details },
      }));
      await post('/intake/segment', deliveries, {
        Authorization: mockCredentials.none.header(),
        'X-Signature': sign(JSON.stringify(deliveries)),
      });
      // Another plugin.
      for (const [secret, details] of PLANTED) {
        await parts.trail.record({
          type: 'deployment.finished',
          actor: { type: 'service', id: 'ci' },
          resources: [
            { key: 'deploys:environment:x', name: `token=${secret}` },
          ],
          details,
          changes: [{ path: 'settings.apiKey', before: secret, after: 'new' }],
        });
      }
      parts.trail.registerActivities([
        {
          id: 'deployment.finished',
          label: `Finished password=${PLANTED[0][0]}`,
          category: 'deployments',
        },
      ]);
      await waitUntil(
        'the activity is registered',
        async () => (await knex('audit_activities').select('id')).length === 1,
      );
      // Backstage's auditor, with the trail's answers and errors.
      for (const [secret, meta] of PLANTED) {
        const event = await parts.auditor.createEvent({
          eventId: 'roll-back',
          severityLevel: 'high',
          meta,
        });
        await event.fail({ error: new Error(`token ${secret}`) });
      }
      const files = await Promise.all(
        (
          await readdir(spool)
        ).map(async name =>
          readFile(path.join(spool, name), 'utf8').catch(() => ''),
        ),
      );
      const count = 4 * PLANTED.length - 1;
      await waitUntil(
        'all are stored',
        async () => (await rowCount()) >= count,
      );
      await waitUntil('all are sent', () => sent.length >= count);

      // A destination that quotes secrets in its errors.
      refusal = PLANTED.map(([, details]) => JSON.stringify(details)).join(' ');
      await post('/events', { events: [eventInput()] }, {});
      await waitUntil('it was refused', async () => {
        const { items } = JSON.parse(await get('/destinations'));
        return items.every((item: Destination) => item.lastError);
      });

      // Destinations with secrets of their own, which quote them as well.
      const quoting = Object.keys(secretive.destinations);
      for (const id of quoting) {
        const asked = { Authorization: asOwner() };
        await post(`/destinations/${id}/test`, {}, asked);
        await waitUntil(`${id} refused an event for good`, async () =>
          (await get(`/deliveries?destination=${id}`)).includes('answered 400'),
        );
        await post('/deliveries/redrive', { destination: id }, asked);
        answers.push(await get(`/deliveries?destination=${id}&limit=500`));
      }
      expect(secretive.asked).toEqual(new Set(quoting));

      const tables: { name: string }[] =
        databaseId === 'SQLITE_3'
          ? await knex('sqlite_master').select('name').where({ type: 'table' })
          : await knex('pg_tables')
              .select('tablename as name')
              .where({ schemaname: 'public' });
      const database = await Promise.all(
        tables
          .filter(({ name }) => name.startsWith('audit_'))
          .map(async ({ name }) => knex(name)),
      );
      const places: Record<string, string> = {
        database: JSON.stringify(database),
        answers: answers.join('\n'),
        list: await get('/events?limit=500'),
        facets: await get('/events/facets'),
        activities: await get('/activities'),
        csv: await get('/events/export?format=csv'),
        ndjson: await get('/events/export?format=ndjson'),
        destinations: await get('/destinations'),
        deliveries: await get('/deliveries?destination=data'),
        sent: JSON.stringify(sent),
        spool: files.join('\n'),
        log: lines.join('\n'),
      };
      for (const [place, text] of Object.entries(places)) {
        const found = [
          ...PLANTED.map(([secret]) => secret),
          ...secretive.secrets,
        ].filter(secret => text.toLowerCase().includes(secret.toLowerCase()));
        expect({ place, found }).toEqual({ place, found: [] });
      }
      // There is something that was looked at.
      for (const place of [
        'database',
        'list',
        'csv',
        'ndjson',
        'sent',
        'log',
      ]) {
        expect(places[place].length).toBeGreaterThan(1_000);
      }
      expect(places.list).toMatch(/redacted/);
      expect(places.spool).toMatch(/roll-back/);
    });
  },
);
