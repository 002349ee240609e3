import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  auditTrailEventReadPermission,
  auditTrailExportCreatePermission,
} from 'backstage-plugin-audit-trail-common';
import { parse } from 'csv-parse/sync';
import express from 'express';
import type { Knex } from 'knex';
import request from 'supertest';
import { ENGINEER, OWNER, startTrailBackend } from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent } from '../__testUtils__/events';
import { startPortal, type Portal } from '../__testUtils__/portal';
import { switchedPolicy } from '../__testUtils__/switchedPolicy';
import { waitUntil } from '../__testUtils__/waitUntil';
import { EVERYTHING } from '../database/criteria';
import type { LinesChunk } from '../database/exporting/EventLines';
import { readConfig } from '../config';
import { createEventLines } from '../database/exporting/createEventLines';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { DatabaseExportsStore } from '../database/exporting/DatabaseExportsStore';
import { DatabaseResourceOwnersStore } from '../database/DatabaseResourceOwnersStore';
import { ReadAccess } from '../permissions/ReadAccess';
import { createExportRouter } from './exportRouter';
import { AuthorizedExportSource } from './exports/AuthorizedExportSource';
import { DefaultExports } from './exports/DefaultExports';
import { StoredExportSource, type ExportSource } from './exports/ExportSource';
import { ExportSlots } from './exports/ExportSlots';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();
const EXPORT = '/api/audit-trail/v1/events/export';

describe.each(databases.eachSupportedId())('export on %s', databaseId => {
  let backend: TestBackend;
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    const store = DatabaseAuditEventsStore.create({ knex });
    await store.append([
      ...Array.from({ length: 2_500 }, () => auditEvent()),
      auditEvent({
        type: 'Source Created',
        resource: { key: 'segment:source:s1', name: '=HYPERLINK("x")' },
        actor: { type: 'user', id: '+49', name: 'Jo, "the\r\nboss"' },
        details: { note: 'ü, "quoted"\n' },
        changes: [{ path: 'enabled', before: true }],
      }),
    ]);
    backend = await startTrailBackend({ knex });
  });

  const exportAs = (user: string, query: string) =>
    request(backend.server)
      .get(`${EXPORT}?${query}`)
      .set('Authorization', mockCredentials.user.header(user));

  it('has the same events as the list, in the same order', async () => {
    // Listing and exporting leave traces of their own.
    const filter = 'not.category=audit-trail';
    const { text, headers } = await exportAs(OWNER, `format=csv&${filter}`);
    const rows: Record<string, string>[] = parse(text, {
      columns: true,
      record_delimiter: '\r\n',
    });
    const listed: any[] = [];
    let cursor = '';
    do {
      const { body } = await request(backend.server)
        .get(`/api/audit-trail/v1/events?limit=500&${filter}&cursor=${cursor}`)
        .set('Authorization', mockCredentials.user.header(OWNER));
      listed.push(...body.items);
      cursor = body.pageInfo.nextCursor;
    } while (cursor);
    expect(rows).toHaveLength(2_501);
    expect(rows.map(row => [row.id, row.occurredAt, row.type])).toEqual(
      listed.map(event => [event.id, event.occurredAt, event.type]),
    );
    expect(headers['content-type']).toMatch(/^text\/csv; charset=utf-8/);
    expect(headers['content-disposition']).toMatch(
      /^attachment; filename="audit-trail_start_\d{4}-\d\d-\d\d.csv"$/,
    );
  });

  it('quotes what needs it and lets no spreadsheet run a formula', async () => {
    const { text } = await exportAs(
      OWNER,
      'type=source.created&from=2026-01-01',
    );
    const lines = text.split(/\r\n(?=[0-9a-f-]{36}|$)/);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toBe('');
    const [row] = parse(text, { columns: true, record_delimiter: '\r\n' });
    expect(row).toMatchObject({
      resourceName: `'=HYPERLINK("x")`,
      actorId: `'+49`,
      actorName: 'Jo, "the\r\nboss"',
      harmful: 'false',
      intakes: '["segment-webhook"]',
      resourceEntityRef: 'resource:default/web-shop',
      changes: '[{"path":"enabled","before":true}]',
      details: JSON.stringify({ note: 'ü, "quoted"\n' }),
    });
  });

  it('has what the reader may see, and a header if that is nothing', async () => {
    const engineer = await exportAs(ENGINEER, '');
    expect(parse(engineer.text, { columns: true })).toHaveLength(1);
    const nothing = await exportAs(OWNER, 'actor=nobody');
    expect(nothing.status).toBe(200);
    expect(nothing.text).toMatch(
      /^id,occurredAt,recordedAt,type,[^\n]*details\r\n$/,
    );
  });

  it('ends when its reader goes away, and the trail says so', async () => {
    const store = DatabaseAuditEventsStore.create({ knex });
    const details = { text: 'x'.repeat(3_000) };
    for (let batch = 0; batch < 5; batch++) {
      await store.append(
        Array.from({ length: 1_000 }, () =>
          auditEvent({ workspace: 'large', details }),
        ),
      );
    }
    const { port } = backend.server.address() as AddressInfo;
    const controller = new AbortController();
    const response = await fetch(
      `http://localhost:${port}${EXPORT}?workspace=large`,
      {
        headers: { Authorization: mockCredentials.user.header(OWNER) },
        signal: controller.signal,
      },
    );
    await response.body!.getReader().read();
    controller.abort();
    const endOfExport = async () => {
      const [event] = await store.list({
        criteria: { filter: { types: ['audit-trail.exported'] } },
        order: 'desc',
        limit: 1,
      });
      return event.outcome === 'initiated' ? undefined : event;
    };
    let end = await endOfExport();
    for (let tries = 0; !end && tries < 200; tries++) {
      await setTimeout(50);
      end = await endOfExport();
    }
    expect(end?.outcome).toBe('failed');
    expect(end!.details).toMatchObject({
      filter: { workspaces: ['large'] },
      reason: 'cancelled',
    });
    expect(end!.details.rows).toBeGreaterThan(0);
    expect(end!.details.rows).toBeLessThan(5_000);
  });

  it.each(['', '&compress=gzip'])(
    'gives a slow reader what was hashed, though its memory is used again%s',
    async compress => {
      const { port } = backend.server.address() as AddressInfo;
      const headers = { Authorization: mockCredentials.user.header(OWNER) };
      const response = await new Promise<http.IncomingMessage>(resolve => {
        http.get(
          `http://localhost:${port}${EXPORT}?workspace=large${compress}`,
          { headers },
          resolve,
        );
      });
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const chunk of response) {
        // Until nothing fits into the sockets' buffers any more.
        await setTimeout(bytes === 0 ? 500 : 1);
        hash.update(chunk);
        bytes += chunk.length;
      }
      const { body } = await request(backend.server)
        .get(
          `/api/audit-trail/v1/exports/${response.headers['x-audit-trail-export-id']}`,
        )
        .set(headers);
      expect(body).toMatchObject({
        rows: 5_000,
        bytes,
        sha256: hash.digest('hex'),
      });
    },
  );

  it.each([
    ['format=xlsx', /^format: "xlsx" is none of csv, ndjson, json/],
    ['compress=zip', /^compress: "zip" is not gzip/],
    ['limit=5', /^limit: there is no such parameter/],
    ['from=never', /^from: "never" is not a time/],
  ])('refuses %s', async (query, message) => {
    const { status, body } = await exportAs(OWNER, query);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
  });
});

describe.each(databases.eachSupportedId())(
  'an export on %s whose reader loses what they own',
  databaseId => {
    it('breaks off', async () => {
      const knex = await databases.init(databaseId);
      const store = DatabaseAuditEventsStore.create({ knex });
      const owners = DatabaseResourceOwnersStore.create({ knex });
      await store.append(Array.from({ length: 2_500 }, () => auditEvent()));
      await owners.replaceAll(
        [
          {
            resourceKey: 'segment:warehouse:w1',
            entityRef: 'resource:default/orders',
            ownerRef: 'group:default/web',
          },
        ],
        [],
      );
      const decision = { ownedBy: ['group:default/web'] };
      const access = ReadAccess.create({
        auth: mockServices.auth(),
        config: readConfig(mockServices.rootConfig()),
        owners,
        permissions: mockServices.permissions({
          result: AuthorizeResult.ALLOW,
        }),
        permissionsRegistry: mockServices.permissionsRegistry.mock({
          getPermissionRuleset: () => ({ getRuleByName: () => undefined! }),
        }),
        userInfo: mockServices.userInfo({
          ownershipEntityRefs: decision.ownedBy,
        }),
      });
      const source = AuthorizedExportSource.create({
        inner: StoredExportSource.create({
          lines: createEventLines({ knex }),
          store,
        }),
        access,
      });
      const chunks = source.read(
        { criteria: EVERYTHING, order: 'desc', format: 'csv' },
        {
          credentials: mockCredentials.user(),
          signal: new AbortController().signal,
        },
      );
      const first = (await chunks.next()).value as LinesChunk;
      expect(first.rows).toBeGreaterThanOrEqual(500);
      expect(first.rows).toBeLessThan(2_500);
      await owners.replaceAll([], []);
      await expect(chunks.next()).rejects.toThrow(
        'Your access changed during the export',
      );
    });
  },
);

describe.each(databases.eachSupportedId())(
  'an export on %s in a portal whose policy changes meanwhile',
  databaseId => {
    /** Events of the first chunk, and of others as large as these. */
    const CHUNK = databaseId === 'SQLITE_3' ? 500 : 1_000;
    const denied = new Set<string>();
    let knex: Knex;
    let portal: Portal;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      const store = DatabaseAuditEventsStore.create({ knex });
      for (let batch = 0; batch < 6; batch++) {
        await store.append(
          Array.from({ length: 1_000 }, () =>
            auditEvent({ details: { text: 'x'.repeat(6_000) } }),
          ),
        );
      }
      portal = await startPortal({ knex, policy: switchedPolicy(denied) });
    });
    afterEach(() => denied.clear());

    it.each([
      auditTrailEventReadPermission.name,
      auditTrailExportCreatePermission.name,
    ])('breaks off without %s, and the trail says so', async permission => {
      const headers = { Authorization: `Bearer ${await portal.signIn(OWNER)}` };
      const response = await new Promise<http.IncomingMessage>(resolve => {
        http.get(
          `http://localhost:${portal.server.port()}${EXPORT}?source=segment&format=ndjson`,
          { headers },
          resolve,
        );
      });
      expect(response.statusCode).toBe(200);
      let lines = 0;
      const read = async () => {
        for await (const part of response) {
          denied.add(permission);
          lines += part.toString('latin1').split('\n').length - 1;
        }
      };
      await expect(read()).rejects.toMatchObject({ code: 'ECONNRESET' });
      // What was being written, and what was decided on before.
      expect(lines).toBeGreaterThan(0);
      expect(lines).toBeLessThanOrEqual(2 * CHUNK);
      denied.clear();

      const id = String(response.headers['x-audit-trail-export-id']);
      const { body } = await request(portal.server)
        .get(`/api/audit-trail/v1/exports/${id}`)
        .set(headers);
      expect(body).toMatchObject({ status: 'failed' });
      const told = async () =>
        knex('audit_events')
          .where({ type: 'audit-trail.exported', correlation_id: id })
          .orderBy('id')
          .select('outcome', 'details');
      await waitUntil('it has ended', async () => (await told()).length > 1);
      const [begun, ended, ...others] = await told();
      expect([begun.outcome, ended.outcome, others]).toEqual([
        ...['initiated', 'failed'],
        [],
      ]);
      expect(JSON.parse(ended.details)).toMatchObject({
        reason: 'NotAllowedError',
      });
    });
  },
);

describe('an export that cannot go on', () => {
  it('breaks the connection off, so that no one takes a part for the whole', async () => {
    const [[databaseId]] = databases.eachSupportedId();
    const store = DatabaseExportsStore.create({
      knex: await databases.init(databaseId),
    });
    const source: ExportSource = {
      async *read() {
        yield { rows: 1_000, parts: [Buffer.alloc(100_000, 'x')] };
        yield { rows: 1_000, parts: [Buffer.alloc(100_000, 'y')] };
        throw new Error('the database went away');
      },
      expect: async () => undefined,
    };
    const logger = mockServices.logger.mock();
    const app = express()
      .use(
        createExportRouter({
          exports: DefaultExports.create({
            logger,
            slots: ExportSlots.create({ maxOfUser: 1 }),
            source,
            store,
          }),
          httpAuth: mockServices.httpAuth(),
          logger,
        }),
      )
      .use(mockErrorHandler());
    const server = http.createServer(app).listen(0);
    try {
      const { port } = server.address() as AddressInfo;
      const response = await fetch(`http://127.0.0.1:${port}/v1/events/export`);
      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow('terminated');
      const id = response.headers.get('X-Audit-Trail-Export-Id')!;
      expect(logger.warn).toHaveBeenCalledWith(
        `Export ${id} ended before it was complete`,
        expect.objectContaining({ message: 'the database went away' }),
      );
      expect(await store.get(id, 'user:default/mock')).toMatchObject({
        status: 'failed',
        reason: 'Error',
      });
    } finally {
      server.close();
    }
  });

  it('answers with an error if it is refused before it begins', async () => {
    const [[databaseId]] = databases.eachSupportedId();
    const backend = await startTrailBackend({
      knex: await databases.init(databaseId),
      permissions: { 'audit-trail.export.create': AuthorizeResult.DENY },
    });
    const { status, body } = await request(backend.server)
      .get(EXPORT)
      .set('Authorization', mockCredentials.user.header(OWNER));
    expect(status).toBe(403);
    expect(body.error.message).toBe('You may not export the trail');
  });
});
