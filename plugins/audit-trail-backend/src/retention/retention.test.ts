import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { waitUntil } from '../__testUtils__/waitUntil';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { DatabaseRetentionStore } from '../database/DatabaseRetentionStore';
import { readRetention, type Retention } from './readRetention';
import {
  createTestPruner,
  DAY_MS,
  deliveryRow,
  eventsOf,
  storedIds,
} from './__testUtils__/pruner';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();

describe.each(databases.eachSupportedId())('retention on %s', databaseId => {
  let knex: Knex;
  let store: DatabaseAuditEventsStore;
  let pruned: number;
  /** Called before the event of a prune is stored. */
  let beforeIngest: () => void;

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    store = DatabaseAuditEventsStore.create({ knex });
    pruned = 0;
    beforeIngest = () => {};
  });

  const pruner = (retention: Retention) =>
    createTestPruner({
      ...{ knex, retention },
      onPruned: count => {
        pruned += count;
      },
      beforeIngest: () => beforeIngest(),
    });
  const ids = async () => storedIds(knex);
  const prunes = async () =>
    (await knex('audit_events').where({ type: 'audit-trail.pruned' })).map(
      ({ details }) => JSON.parse(details),
    );

  it('removes what is older, with all that belongs to it, and records that', async () => {
    const old = eventsOf(1_203, 91);
    const kept = eventsOf(3, 89);
    await store.append([...old, ...kept]);
    await knex('audit_deliveries').insert([
      deliveryRow(old[0], 'siem', 'delivered'),
      deliveryRow(old[1], 'siem', 'dead'),
      // Nobody will ever deliver it.
      deliveryRow(old[2], 'a-destination-of-the-past', 'pending'),
      deliveryRow(kept[0], 'siem', 'delivered'),
    ]);
    await knex('audit_destination_hours').insert(
      [91, 1].map(days => ({
        destination_id: 'siem',
        hour: new Date(Date.now() - days * DAY_MS),
        delivered: 1,
        failed: 0,
      })),
    );
    await pruner({ maxAgeMs: 90 * DAY_MS }).prune();
    expect(await prunes()).toEqual([
      { count: 1_203, before: expect.stringMatching(/^20.*Z$/) },
    ]);
    expect(pruned).toBe(1_203);
    expect((await ids()).slice(0, 3)).toEqual(kept.map(({ id }) => id).sort());
    const count = async (table: string) =>
      Number((await knex(table).count({ count: '*' }))[0].count);
    expect(await count('audit_deliveries')).toBe(1);
    expect(await count('audit_destination_hours')).toBe(1);
    // Two each of those that are kept, and one of the event of the prune.
    expect(await count('audit_event_resources')).toBe(7);
    const pruneStore = DatabaseRetentionStore.create({ knex });
    expect(await pruneStore.run()).toBeUndefined();
    expect(await pruneStore.prunedBefore()).toBeDefined();
    expect(await count('audit_prune_runs')).toBe(1);
    // The counts over time go with the events.
    const [{ sum }] = await knex('audit_event_counts').sum({
      sum: knex.raw('quarter_0 + quarter_1 + quarter_2 + quarter_3'),
    });
    expect(Number(sum)).toBe(4);

    // Nothing more to do is nothing to record.
    await pruner({ maxAgeMs: 90 * DAY_MS }).prune();
    expect(await prunes()).toHaveLength(1);
    expect(await count('audit_prune_runs')).toBe(1);
  });

  it('keeps what is still to be delivered until it is', async () => {
    const old = eventsOf(1_100, 100);
    await store.append(old);
    await knex('audit_deliveries').insert([
      deliveryRow(old[0], 'siem', 'pending'),
      deliveryRow(old[0], 'slack', 'delivered'),
      deliveryRow(old[700], 'slack', 'pending'),
    ]);
    await pruner({ maxAgeMs: 90 * DAY_MS }).prune();
    expect((await ids()).slice(0, 2)).toEqual([old[0].id, old[700].id]);
    expect(await prunes()).toEqual([
      expect.objectContaining({ count: 1_098, undelivered: 2 }),
    ]);
    await knex('audit_deliveries').update({ state: 'delivered' });
    await pruner({ maxAgeMs: 90 * DAY_MS }).prune();
    expect(await ids()).toHaveLength(2);
    expect((await prunes()).map(prune => prune.count).sort()).toEqual([
      1_098, 2,
    ]);
  });

  it('keeps the newest of too many, and all if they are not', async () => {
    const all = [...eventsOf(700, 30), ...eventsOf(500, 2)];
    await store.append(all);
    await pruner({ maxEvents: 1_200 }).prune();
    expect(await ids()).toHaveLength(1_200);
    await pruner({ maxEvents: 600, maxAgeMs: 90 * DAY_MS }).prune();
    const left = await ids();
    expect(left.slice(0, -1)).toEqual(
      all
        .map(({ id }) => id)
        .sort()
        .slice(-600),
    );
    expect(await prunes()).toEqual([expect.objectContaining({ count: 600 })]);
  });

  it('goes on where another one has stopped, and records once', async () => {
    await store.append(eventsOf(2_600, 95));
    const stop = new AbortController();
    const first = pruner({ maxAgeMs: 90 * DAY_MS }).prune(stop.signal);
    await waitUntil('some are removed', async () => pruned > 0);
    stop.abort();
    await first;
    const removed = pruned;
    expect(removed).toBeLessThan(2_600);
    expect(await ids()).toHaveLength(2_600 - removed);
    expect(await prunes()).toEqual([]);

    // It cannot be recorded at first.
    beforeIngest = () => {
      throw new Error('killed');
    };
    await expect(pruner({ maxAgeMs: 90 * DAY_MS }).prune()).rejects.toThrow(
      'killed',
    );
    expect(await ids()).toEqual([]);
    await store.append(eventsOf(5, 92));
    beforeIngest = () => {};
    await pruner({ maxAgeMs: 90 * DAY_MS }).prune();
    expect((await prunes()).map(({ count }) => count).sort()).toEqual([
      2_600, 5,
    ]);
    expect(pruned).toBe(2_605);
  });

  it('removes and counts each once if two do it at the same time', async () => {
    await store.append(eventsOf(3_000, 95));
    const one = pruner({ maxAgeMs: 90 * DAY_MS });
    await Promise.allSettled([one.prune(), one.prune(), one.prune()]);
    await one.prune();
    expect(pruned).toBe(3_000);
    const counts = (await prunes()).map(({ count }) => count);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3_000);
    expect(await ids()).toHaveLength(counts.length);
  });

  it('leaves those that read in the meantime whole pages', async () => {
    const kept = eventsOf(300, 1);
    await store.append([...eventsOf(2_000, 95), ...kept]);
    let done = false;
    const pruning = pruner({ maxAgeMs: 90 * DAY_MS })
      .prune()
      .finally(() => {
        done = true;
      });
    const newest = kept
      .map(({ id }) => id)
      .sort()
      .reverse();
    while (!done) {
      const page = await store.list({
        criteria: { filter: { not: { categories: ['audit-trail'] } } },
        order: 'desc',
        limit: 300,
      });
      expect(page.map(({ id }) => id)).toEqual(newest);
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    await pruning;
  });

  if (databaseId.startsWith('POSTGRES')) {
    it('comes to its end however often its connections break off', async () => {
      await store.append(eventsOf(4_000, 95));
      let breaks = 0;
      let running = true;
      const breakConnections = async () => {
        while (running && breaks < 8) {
          await new Promise(resolve => setTimeout(resolve, 60));
          const { rows } = await knex.raw(
            `select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid()
               and query like '%audit_%'`,
          );
          breaks += rows.length;
        }
      };
      // One of those that break may be its own.
      const breaking = breakConnections().catch(() => {});
      for (let tries = 0; tries < 60; tries++) {
        try {
          await pruner({ maxAgeMs: 90 * DAY_MS }).prune();
          break;
        } catch {
          // As a process that is killed: the next one goes on.
          await new Promise(resolve => setTimeout(resolve, 50));
        }
      }
      running = false;
      await breaking;
      await pruner({ maxAgeMs: 90 * DAY_MS }).prune();
      const counts = (await prunes()).map(({ count }) => count);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4_000);
      expect(await ids()).toHaveLength(counts.length);
    });
  }
});

describe('readRetention', () => {
  const read = (auditTrail: object) =>
    readRetention(mockServices.rootConfig({ data: { auditTrail } }));

  it.each<[object, Retention]>([
    [{}, { maxAgeMs: 90 * DAY_MS, maxEvents: undefined }],
    [{ retention: false }, { maxAgeMs: undefined, maxEvents: undefined }],
    [
      { retention: { months: 0, days: 30 }, maxEvents: 5_000 },
      { maxAgeMs: 30 * DAY_MS, maxEvents: 5_000 },
    ],
    [{ retention: 'P1Y' }, { maxAgeMs: 365 * DAY_MS, maxEvents: undefined }],
  ])('%j', (config, retention) => {
    expect(read(config)).toEqual(retention);
  });

  it.each([
    [{ retention: true }, 'auditTrail.retention: must be false'],
    [{ retention: { dayz: 3 } }, 'auditTrail.retention: must be false'],
    [
      { retention: { hours: 3 } },
      'auditTrail.retention: must be a day or more',
    ],
    [{ maxEvents: 10 }, 'auditTrail.maxEvents'],
  ])('refuses %j', (config, message) => {
    expect(() => read(config)).toThrow(message);
  });
});
