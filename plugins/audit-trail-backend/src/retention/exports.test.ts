import { randomUUID } from 'node:crypto';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { createEventLines } from '../database/exporting/createEventLines';
import { EVERYTHING } from '../database/criteria';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { DatabaseExportsStore } from '../database/exporting/DatabaseExportsStore';
import { DatabaseRetentionStore } from '../database/DatabaseRetentionStore';
import { databaseTime } from '../database/databaseTime';
import { DefaultExports } from '../service/exports/DefaultExports';
import {
  StoredExportSource,
  type ExportSource,
} from '../service/exports/ExportSource';
import { ExportSlots } from '../service/exports/ExportSlots';
import { observeExports } from '../service/exports/observeExports';
import {
  createTestPruner,
  DAY_MS,
  eventsOf,
  storedIds,
} from './__testUtils__/pruner';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();
const USER = 'user:default/mock';

describe.each(databases.eachSupportedId())(
  'retention beside exports on %s',
  databaseId => {
    let knex: Knex;
    let store: DatabaseAuditEventsStore;
    let exports: DatabaseExportsStore;

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      store = DatabaseAuditEventsStore.create({ knex });
      exports = DatabaseExportsStore.create({ knex });
    });

    const begin = async (filter: object) => {
      const id = randomUUID();
      await exports.begin({
        ...{ id, userRef: USER, format: 'csv' },
        choice: { filter } as JsonObject,
      });
      return id;
    };
    const prune = async () => createTestPruner({ knex }).prune();
    const left = async () =>
      knex('audit_events')
        .whereNot({ type: 'audit-trail.pruned' })
        .orderBy('id')
        .pluck('id');

    it('keeps what an export reads that runs, until it has ended', async () => {
      const old = eventsOf(700, 100);
      const later = eventsOf(400, 95);
      await store.append([...old, ...later]);
      const some = await begin({
        from: new Date(Date.now() - 97 * DAY_MS).toISOString(),
      });
      await prune();
      expect(await left()).toEqual(later.map(({ id }) => id).sort());
      await exports.fail(some, { rows: 0, bytes: 0, reason: 'cancelled' });

      const all = await begin({ harmful: true });
      await prune();
      expect(await left()).toHaveLength(400);
      await exports.complete(all, { rows: 0, bytes: 0, sha256: '00' });

      await prune();
      expect(await left()).toEqual([]);
      const prunes = await knex('audit_events').pluck('details');
      expect(prunes.map(details => JSON.parse(details).count).sort()).toEqual([
        400, 700,
      ]);
    });

    it('keeps all that an export reads from its first look on', async () => {
      const old = eventsOf(1_200, 95);
      await store.append(old);
      const stored = StoredExportSource.create({
        lines: createEventLines({ knex }),
        store,
      });
      const source: ExportSource = {
        async *read(request, options) {
          for await (const chunk of stored.read(request, options)) {
            // What it has not read yet, a prune would take now.
            await prune();
            yield chunk;
          }
        },
        async expect() {
          await prune();
          return undefined;
        },
      };
      const file = await DefaultExports.create({
        logger: mockServices.logger.mock(),
        slots: ExportSlots.create({ maxOfUser: 1 }),
        source,
        store: exports,
      }).begin(
        {
          ...{ id: randomUUID(), filter: {}, criteria: EVERYTHING },
          ...{ order: 'desc', format: 'ndjson' },
        },
        { credentials: mockCredentials.user() },
      );
      let rows = 0;
      for await (const part of file.parts) {
        rows = part.whole?.rows ?? rows;
      }
      expect(rows).toBe(old.length);
      await prune();
      expect(await left()).toEqual([]);
    });

    it('does not hold anything for an export that could not begin', async () => {
      await store.append(eventsOf(10, 95));
      const id = randomUUID();
      const refused = DefaultExports.create({
        logger: mockServices.logger.mock(),
        slots: ExportSlots.create({ maxOfUser: 1 }),
        source: {
          async *read() {
            throw new Error('refused');
          },
          expect: async () => undefined,
        },
        store: exports,
      });
      // Nor does it keep its place.
      for (const exportId of [id, randomUUID()]) {
        await expect(
          refused.begin(
            {
              ...{ id: exportId, filter: {}, criteria: EVERYTHING },
              ...{ order: 'desc', format: 'csv' },
            },
            { credentials: mockCredentials.user() },
          ),
        ).rejects.toThrow('refused');
      }
      expect(await exports.get(id, USER)).toMatchObject({ status: 'failed' });
      await prune();
      expect(await left()).toEqual([]);
    });

    it('tells of an export that holds events for long, and ends to wait for it', async () => {
      await store.append(eventsOf(10, 95));
      const id = await begin({});
      const beganAgo = async (hours: number) =>
        knex('audit_exports').update({
          started_at: databaseTime(knex, -hours * 60 * 60_000),
        });
      const logger = mockServices.logger.mock();
      const pruner = createTestPruner({ knex, logger });
      await pruner.prune();
      expect(logger.warn).not.toHaveBeenCalled();

      await beganAgo(1.1);
      await pruner.prune();
      await pruner.prune();
      expect(logger.warn.mock.calls).toEqual([
        [expect.stringContaining(`stay for export ${id}, which runs since 20`)],
      ]);
      const observed: number[] = [];
      const collecting: Promise<void>[] = [];
      observeExports({
        store: exports,
        metrics: {
          createObservableGauge: () => ({
            addCallback: (collect: (result: object) => Promise<void>) =>
              collecting.push(
                collect({ observe: (value: number) => observed.push(value) }),
              ),
          }),
        } as never,
      });
      await Promise.all(collecting);
      expect(observed).toEqual([expect.closeTo(1.1 * 60 * 60, -2)]);

      await beganAgo(11.9);
      await pruner.prune();
      expect(await left()).toHaveLength(10);
      await beganAgo(12.1);
      await pruner.prune();
      expect(await left()).toEqual([]);
      // Should it still run, it cannot have all that it promised.
      await expect(
        exports.complete(id, { rows: 10, bytes: 0, sha256: '00' }),
      ).rejects.toThrow('no longer known to run');
    });

    if (databaseId.startsWith('POSTGRES')) {
      it('begins an export after the step of a prune that does not know of it', async () => {
        const [event] = eventsOf(1, 95);
        await store.append([event]);
        const run = { id: randomUUID(), startedAt: new Date() };
        await DatabaseRetentionStore.create({ knex }).begin({
          ...run,
          before: event.id,
        });
        let begun = false;
        let beginning: Promise<void> | undefined;
        await knex.transaction(async step => {
          await step('audit_prune_runs').where({ id: run.id }).forUpdate();
          await step('audit_exports').where({ status: 'running' });
          beginning = begin({}).then(() => {
            begun = true;
          });
          await new Promise(resolve => setTimeout(resolve, 300));
          expect(begun).toBe(false);
          await step('audit_events').where({ id: event.id }).delete();
        });
        await beginning;
        // It looks at the trail only now, when that is gone.
        expect(await storedIds(knex)).toEqual([]);
      });
    }
  },
);
