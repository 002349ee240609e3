import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { OWNER, startTrailBackend } from '../../__testUtils__/backend';
import { TestTrailDatabases } from '../../__testUtils__/databases';
import { auditEvent } from '../../__testUtils__/events';
import {
  RecordingDestination,
  recordingModule,
} from '../../__testUtils__/recordingForwarder';
import { waitUntil } from '../../__testUtils__/waitUntil';
import { EVERYTHING } from '../../database/criteria';
import { DatabaseAuditEventsStore } from '../../database/DatabaseAuditEventsStore';
import { DatabaseExportsStore } from '../../database/exporting/DatabaseExportsStore';
import { DefaultExports } from './DefaultExports';
import { EndingExports } from './EndingExports';
import type { ExportSource } from './ExportSource';
import { ExportSlots } from './ExportSlots';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();
/** As long as the auditor takes for what it still has to send. */
const OTHERS_MS = 4_000;

/** Someone else's hook that the end of the process waits for. */
const slowPlugin = createBackendPlugin({
  pluginId: 'slow',
  register(env) {
    env.registerInit({
      deps: { lifecycle: coreServices.rootLifecycle },
      async init({ lifecycle }) {
        lifecycle.addBeforeShutdownHook(() => delay(OTHERS_MS));
      },
    });
  },
});

describe.each(databases.eachSupportedId())(
  'a shutdown during an export on %s',
  databaseId => {
    let knex: Knex;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      // More than what lies in the buffers of both ends.
      await DatabaseAuditEventsStore.create({ knex }).append(
        Array.from({ length: 1_000 }, () =>
          auditEvent({ details: { text: 'x'.repeat(32_000) } }),
        ),
      );
    });

    it('does not wait for a slow reader, whose file is broken, nor for one thing after the other', async () => {
      const hanging = new RecordingDestination();
      let called = false;
      hanging.answer = (_, { signal }) => {
        called = true;
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      };
      const backend = await startTrailBackend({
        knex,
        config: {
          app: { baseUrl: 'https://portal.example.com' },
          auditTrail: {
            owners: ['group:default/owners'],
            intake: { segment: { secret: 'test-secret' } },
            forwarding: { destinations: { hanging: { type: 'recording' } } },
          },
        },
        features: [recordingModule({ hanging }), slowPlugin],
      });
      const request = http.get({
        port: (backend.server.address() as AddressInfo).port,
        path: '/api/audit-trail/v1/events/export?format=ndjson',
        headers: { Authorization: mockCredentials.user.header(OWNER) },
      });
      const [response]: http.IncomingMessage[] = await once(
        request,
        'response',
      );
      const id = response.headers['x-audit-trail-export-id'] as string;
      await once(response, 'readable');
      // That the export began is an event, too.
      await waitUntil('the destination is called', () => called);

      const stopped = Date.now();
      await backend.stop();
      // As long as the destination may take, and a little.
      expect(Date.now() - stopped).toBeLessThan(8_000);
      // Without anybody having to find it.
      expect(
        await DatabaseExportsStore.create({ knex }).get(id, OWNER),
      ).toMatchObject({ status: 'failed', reason: 'interrupted' });
      const told = await DatabaseAuditEventsStore.create({ knex }).list({
        criteria: { filter: { types: ['audit-trail.exported'] } },
        order: 'asc',
        limit: 10,
      });
      expect(told).toMatchObject([
        { outcome: 'initiated', correlationId: id },
        {
          outcome: 'failed',
          correlationId: id,
          details: { reason: 'interrupted' },
        },
      ]);
      expect(
        await knex('audit_destination_status').select('holder', 'held_until'),
      ).toEqual([{ holder: null, held_until: null }]);
      const failed = once(response, 'error');
      response.resume();
      expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
    });

    it('lets none begin any more, and ends one that is about to', async () => {
      let look = () => {};
      const looked = new Promise<void>(resolve => {
        look = resolve;
      });
      let reading = false;
      const source: ExportSource = {
        async *read(_request, { signal }) {
          signal.throwIfAborted();
          reading = true;
          yield { rows: 1, parts: [Buffer.from('{}\n')] };
        },
        expect: async () => {
          await looked;
          return undefined;
        },
      };
      const store = DatabaseExportsStore.create({ knex });
      const stopping = new AbortController();
      const exports = EndingExports.create({
        inner: DefaultExports.create({
          logger: mockServices.logger.mock(),
          slots: ExportSlots.create({ maxOfUser: 1 }),
          ...{ source, stopping: stopping.signal, store },
        }),
        stopping,
      });
      const begin = (id: string) =>
        exports.begin(
          {
            ...{ id, filter: {}, criteria: EVERYTHING },
            ...{ order: 'asc', format: 'ndjson' },
          },
          { credentials: mockCredentials.user(OWNER) },
        );
      const id = '00000000-0000-4000-8000-000000000001';
      const beginning = begin(id);
      await waitUntil('it reads', () => reading);
      let ended = false;
      const end = exports.stop().then(() => {
        ended = true;
      });
      look();
      const file = await beginning;
      expect(file.expired.aborted).toBe(true);
      await delay(100);
      // Nothing is written down before its reader is gone.
      expect(ended).toBe(false);
      await file.close();
      await end;
      expect(await store.get(id, OWNER)).toMatchObject({
        status: 'failed',
        reason: 'interrupted',
      });

      const later = '00000000-0000-4000-8000-000000000002';
      await expect(begin(later)).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringContaining('shutting down'),
      });
      expect(await store.get(later, OWNER)).toBeUndefined();
    });
  },
);
