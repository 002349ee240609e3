import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import {
  AuditTrailClient,
  IncompleteExportError,
} from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { OWNER, startTrailBackend, STRANGER } from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent } from '../__testUtils__/events';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { DatabaseExportsStore } from '../database/exporting/DatabaseExportsStore';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();
const EVENTS = 4_000;
const filter = { sources: ['segment'] };

/**
 * A proxy of the kind that ends an answer as if all had come: without a length
 * and without chunks, as HTTP/1.0 has it.
 */
function startOldProxy(target: number, endAfterBytes: () => number) {
  const server = http.createServer((request, response) => {
    const { url, headers } = request;
    http.get({ port: target, path: url, headers }, answer => {
      let left = url!.includes('/export?') ? endAfterBytes() : Infinity;
      response.useChunkedEncodingByDefault = false;
      response.setHeader('Connection', 'close');
      for (const [name, value] of Object.entries(answer.headers)) {
        if (
          !/^(transfer-encoding|connection|keep-alive|content-length)$/.test(
            name,
          )
        ) {
          response.setHeader(name, value!);
        }
      }
      response.writeHead(answer.statusCode!);
      answer.on('data', (part: Buffer) => {
        if (left <= 0) {
          return;
        }
        response.write(part.subarray(0, left));
        left -= part.length;
        if (left <= 0) {
          response.end();
          answer.destroy();
        }
      });
      answer.on('end', () => response.end());
      answer.on('error', () => {});
    });
  });
  return server.listen(0);
}

describe.each(databases.eachSupportedId())(
  'the file of an export on %s',
  databaseId => {
    let backend: TestBackend;
    let knex: Knex;
    let port: number;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      const store = DatabaseAuditEventsStore.create({ knex });
      for (let n = 0; n < EVENTS; n += 1_000) {
        await store.append(
          Array.from({ length: 1_000 }, () =>
            auditEvent({ details: { text: 'x'.repeat(4_000) } }),
          ),
        );
      }
      backend = await startTrailBackend({
        knex,
        config: {
          auditTrail: {
            owners: ['group:default/owners'],
            intake: { segment: { secret: 'test-secret' } },
            rateLimits: { exports: 1_000, exportsAtOnce: 2 },
          },
        },
      });
      port = (backend.server.address() as AddressInfo).port;
    });

    const clientAt = (at: number, user = OWNER) =>
      new AuditTrailClient({
        discoveryApi: {
          getBaseUrl: async () => `http://127.0.0.1:${at}/api/audit-trail`,
        },
        fetchApi: {
          fetch: (url, init) =>
            fetch(url, {
              ...init,
              headers: {
                ...init?.headers,
                Authorization: mockCredentials.user.header(user),
              },
            }),
        },
      });

    const readAll = async (
      client: AuditTrailClient,
      request: Parameters<AuditTrailClient['exportEvents']>[0],
    ) => {
      const parts: Uint8Array[] = [];
      const exported = await client.exportEvents(request);
      const record = await exported.read(part => parts.push(part));
      return { exported, record, file: Buffer.concat(parts) };
    };

    it.each(['csv', 'ndjson', 'json'] as const)(
      'is what its record says, compressed or not: %s',
      async format => {
        const plain = await readAll(clientAt(port), { format, filter });
        const packed = await readAll(clientAt(port), {
          format,
          filter,
          compress: 'gzip',
        });
        for (const { exported, record, file } of [plain, packed]) {
          expect(record).toEqual({
            id: exported.id,
            status: 'complete',
            format,
            ...(exported === packed.exported ? { compress: 'gzip' } : {}),
            startedAt: expect.stringMatching(/Z$/),
            endedAt: expect.stringMatching(/Z$/),
            rows: EVENTS,
            bytes: file.length,
            sha256: createHash('sha256').update(file).digest('hex'),
          });
          expect(exported.expectedEvents).toEqual({
            count: EVENTS,
            orMore: false,
          });
        }
        expect(plain.exported.fileName).toMatch(
          new RegExp(`^audit-trail_start_[-0-9]{10}\\.${format}$`),
        );
        expect(packed.exported.fileName).toMatch(/\.gz$/);
        expect(packed.exported.contentType).toBe('application/gzip');
        expect(packed.file.length).toBeLessThan(plain.file.length / 4);
        expect(gunzipSync(packed.file).equals(plain.file)).toBe(true);
      },
    );

    it('is found not to be whole where a proxy ended it as if it were', async () => {
      const { record } = await readAll(clientAt(port), { filter });
      let endAfter = 0;
      const proxy = startOldProxy(port, () => endAfter);
      const { port: proxyPort } = proxy.address() as AddressInfo;
      const client = clientAt(proxyPort);
      try {
        for (let n = 1; n <= 10; n++) {
          // At the end of a line or not, and once a byte before the end.
          endAfter =
            n === 10 ? record.bytes - 1 : Math.floor((record.bytes * n) / 10);
          let bytes = 0;
          const exported = await client.exportEvents({ filter });
          await expect(
            exported.read(part => {
              bytes += part.length;
            }),
          ).rejects.toThrow(IncompleteExportError);
          // It did end like a whole one.
          expect(bytes).toBe(endAfter);
        }
        endAfter = Infinity;
        expect((await readAll(client, { filter })).record.rows).toBe(EVENTS);
      } finally {
        proxy.close();
      }
    });

    it('is nobody else’s to ask about', async () => {
      const { record } = await readAll(clientAt(port), { filter });
      await expect(
        clientAt(port, STRANGER).getExport(record.id),
      ).rejects.toMatchObject({ statusCode: 404 });
      await expect(clientAt(port).getExport('x')).rejects.toMatchObject({
        statusCode: 404,
      });
    });

    it('is one of two at once; a third is refused until one has ended', async () => {
      const big = { filter, order: 'asc' as const };
      const running = [
        await clientAt(port).exportEvents(big),
        await clientAt(port).exportEvents(big),
      ];
      const third = clientAt(port).exportEvents(big);
      await expect(third).rejects.toMatchObject({ statusCode: 429 });
      const { rows } = await (
        await clientAt(port, STRANGER).exportEvents(big)
      ).read(() => {});
      expect(rows).toBe(0);
      await Promise.all(running.map(exported => exported.read(() => {})));
      expect((await readAll(clientAt(port), big)).record.rows).toBe(EVENTS);
    });

    it('is known to have been lost with the process that made it', async () => {
      const store = DatabaseExportsStore.create({ knex });
      const id = '00000000-0000-4000-8000-000000000007';
      await store.begin({
        id,
        userRef: OWNER,
        format: 'csv',
        choice: { filter: {} },
      });
      expect((await store.get(id, OWNER))!.status).toBe('running');
      expect(await store.lost()).toEqual([]);
      await knex('audit_exports')
        .where({ id })
        .update({ seen_at: new Date(Date.now() - 120_000) });
      const lost = await startTrailBackend({ knex });
      const ends = async () =>
        DatabaseAuditEventsStore.create({ knex }).list({
          criteria: {
            filter: { types: ['audit-trail.exported'], outcomes: ['failed'] },
          },
          order: 'desc',
          // Those that the tests before have broken off are newer.
          limit: 500,
        });
      for (let n = 0; n < 200 && (await store.lost()).length > 0; n++) {
        await new Promise(resolve => setTimeout(resolve, 50));
      }
      expect(await store.get(id, OWNER)).toMatchObject({
        status: 'failed',
        reason: 'interrupted',
      });
      expect((await ends()).filter(e => e.correlationId === id)).toMatchObject([
        { actor: { id: OWNER }, details: { reason: 'interrupted', rows: 0 } },
      ]);
      await lost.stop();
    });
  },
);
