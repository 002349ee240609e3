import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import type { Knex } from 'knex';
import { TestTrailDatabases } from '../../__testUtils__/databases';
import { waitUntil } from '../../__testUtils__/waitUntil';
import { AccessRecorder } from '../../accessAudit/AccessRecorder';
import { AuditedExports } from '../../accessAudit/AuditedExports';
import { DatabaseExportsStore } from '../../database/exporting/DatabaseExportsStore';
import type { LinesChunk } from '../../database/exporting/EventLines';
import type { ExportLimits } from '../../database/exporting/exportLimits';
import { createExportRouter } from '../exportRouter';
import { DefaultExports } from './DefaultExports';
import type { ExportSource } from './ExportSource';
import { ExportSlots } from './ExportSlots';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();
const USER = 'user:default/mock';

/** Gives chunks until it is stopped, some milliseconds apart. */
const endless = (everyMs: number): ExportSource => ({
  async *read(_request, { signal }): AsyncGenerator<LinesChunk, void> {
    for (;;) {
      signal.throwIfAborted();
      yield { rows: 1_000, parts: [Buffer.alloc(1_000_000, 'x')] };
      await new Promise(resolve => setTimeout(resolve, everyMs));
    }
  },
  expect: async () => undefined,
});

describe.each(databases.eachSupportedId())(
  'an export on %s that takes too long',
  databaseId => {
    let knex: Knex;
    let server: http.Server;
    const recorded = jest.fn(async (..._: any[]) => {});

    async function begin(source: ExportSource, limits: ExportLimits) {
      knex = await databases.init(databaseId);
      const logger = mockServices.logger.mock();
      const store = DatabaseExportsStore.create({ knex });
      const slots = ExportSlots.create({ maxOfUser: 1 });
      const app = express()
        .use(
          createExportRouter({
            exports: AuditedExports.create({
              inner: DefaultExports.create({
                ...{ limits, logger, slots, source, store },
              }),
              recorder: { export: recorded } as unknown as AccessRecorder,
            }),
            httpAuth: mockServices.httpAuth(),
            logger,
          }),
        )
        .use(mockErrorHandler());
      server = http.createServer(app).listen(0);
      const { port } = server.address() as AddressInfo;
      const request = http.get(
        `http://127.0.0.1:${port}/v1/events/export?format=ndjson`,
      );
      const [response]: http.IncomingMessage[] = await once(
        request,
        'response',
      );
      const id = response.headers['x-audit-trail-export-id'] as string;
      return { id, logger, response, slots, store };
    }

    /** That its reader is told, and the trail, and that its place is free. */
    async function expectEnd(
      { id, logger, slots, store }: Awaited<ReturnType<typeof begin>>,
      what: RegExp,
    ) {
      await waitUntil('it has ended', async () => {
        const { status } = (await store.get(id, USER))!;
        return (
          status !== 'running' &&
          recorded.mock.calls.length === 2 &&
          logger.warn.mock.calls.length > 0
        );
      });
      expect(await store.get(id, USER)).toMatchObject({
        status: 'failed',
        reason: 'timeout',
        rows: expect.any(Number),
      });
      expect(recorded.mock.calls.map(([, event]) => event)).toEqual([
        expect.objectContaining({ id, outcome: 'initiated' }),
        expect.objectContaining({
          ...{ id, outcome: 'failed' },
          details: expect.objectContaining({ reason: 'timeout' }),
        }),
      ]);
      expect(logger.warn).toHaveBeenCalledWith(
        `Export ${id} ended before it was complete`,
        expect.objectContaining({ message: expect.stringMatching(what) }),
      );
      slots.take(USER)();
    }

    afterEach(() => {
      recorded.mockClear();
      server.close();
    });

    it('is ended when its reader takes nothing any more', async () => {
      const running = await begin(endless(0), {
        totalMs: 60_000,
        pauseMs: 700,
      });
      // What has come so far lies in the buffers of both ends.
      running.response.pause();
      await expectEnd(running, /^No part of it was taken for/);
      const failed = once(running.response, 'error');
      running.response.resume();
      expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
    });

    it('is ended at its limit, however well it gets on', async () => {
      const running = await begin(endless(20), {
        totalMs: 1_000,
        pauseMs: 60_000,
      });
      const failed = once(running.response, 'error');
      running.response.resume();
      await expectEnd(running, /^It has run for/);
      expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
    });
  },
);
