import {
  auditEventMatches,
  type AuditEvent,
  type AuditEventFilter,
} from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { TestTrailDatabases } from '../../__testUtils__/databases';
import { auditEvent, seededRandom } from '../../__testUtils__/events';
import { readHistogram } from '../../histogram/readHistogram';
import { EVERYTHING } from '../criteria';
import { DatabaseAuditEventsStore } from '../DatabaseAuditEventsStore';
import { DatabaseEventCounts } from './DatabaseEventCounts';
import { DatabaseHistogramStore } from './DatabaseHistogramStore';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();
const HOUR_MS = 3_600_000;
const NOW = Date.parse('2026-10-31T12:34:56.789Z');

/** What the database keeps: all counts by kind and quarter of an hour. */
async function keptCounts(knex: Knex) {
  const quarters = [0, 1, 2, 3].map(quarter => `quarter_${quarter}`);
  const rows = await knex('audit_event_counts')
    .join('audit_event_kinds', 'audit_event_kinds.id', 'kind_id')
    .select('hour', 'type', 'outcome')
    .sum(Object.fromEntries(quarters.map(quarter => [quarter, quarter])))
    .groupBy('hour', 'type', 'outcome');
  return rows
    .flatMap(row =>
      quarters.map((quarter, at) => ({
        key: [row.hour * 4 + at, row.type, row.outcome].join(' '),
        count: Number(row[quarter]),
      })),
    )
    .filter(({ count }) => count !== 0)
    .map(({ key, count }) => `${key} ${count}`)
    .sort();
}

function countsOf(events: AuditEvent[]) {
  const counts = new Map<string, number>();
  for (const { occurredAt, type, outcome } of events) {
    const slot = Math.floor(Date.parse(occurredAt) / (HOUR_MS / 4));
    const key = [slot, type, outcome].join(' ');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => `${key} ${count}`).sort();
}

/** What the database keeps of hours: their events by category and harm. */
async function keptHours(knex: Knex) {
  const rows = await knex('audit_event_hours').select();
  return rows
    .map(row =>
      [row.hour, row.category, Boolean(row.harmful), row.events].join(' '),
    )
    .sort();
}

function hoursOf(events: AuditEvent[]) {
  const counts = new Map<string, number>();
  for (const { occurredAt, category, harmful } of events) {
    const hour = Math.floor(Date.parse(occurredAt) / HOUR_MS);
    const key = [hour, category, harmful].join(' ');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => `${key} ${count}`).sort();
}

describe.each(databases.eachSupportedId())(
  'DatabaseHistogramStore on %s',
  databaseId => {
    async function create(maxEvents?: number) {
      const knex = await databases.init(databaseId);
      return {
        knex,
        events: DatabaseAuditEventsStore.create({ knex }),
        counts: DatabaseEventCounts.create({ knex }),
        histograms: DatabaseHistogramStore.create({ knex, maxEvents }),
      };
    }

    it('counts as counting in memory does, with any filter and zone', async () => {
      const { knex, events, counts, histograms } = await create();
      const random = seededRandom(11);
      const pick = <T>(from: readonly T[]) =>
        from[Math.floor(random() * from.length)];
      const types = [
        'Source Modified',
        'Source Deleted',
        'Warehouse Disabled',
        'User Invite Sent',
        'Kettle Boiled',
      ];
      const actors = ['u1', 'u2', 'u3'];
      const keys = ['w1', 'w2'].map(id => `segment:warehouse:${id}`);
      // Around the days on which clocks change, some on the very hour.
      const days = ['2026-03-29', '2026-04-05', '2026-10-25', '2026-10-31'];
      const time = () => {
        const offset = (random() - 0.5) * pick([2, 30, 300]) * HOUR_MS;
        const any = Date.parse(pick(days)) + Math.floor(offset);
        return random() < 0.2
          ? Math.floor(any / (HOUR_MS / 4)) * (HOUR_MS / 4)
          : any;
      };
      const all = Array.from({ length: 1_200 }, (_, n) =>
        auditEvent({
          sourceEventId: `random-${n}`,
          type: pick(types),
          occurredAt: new Date(time()).toISOString(),
          outcome: pick(['succeeded', 'succeeded', 'failed'] as const),
          workspace: pick(['ws1', 'ws2']),
          actor: { type: 'user', id: pick(actors) },
          resource: { key: pick(keys), name: pick(['Straße', 'orders']) },
        }),
      );
      for (let at = 0; at < all.length; at += 400) {
        await events.append(all.slice(at, at + 400));
        if (at === 400) {
          await counts.merge();
        }
      }

      const some = <T>(chance: number, from: readonly T[]) =>
        random() < chance ? [pick(from), pick(from)] : undefined;
      const values = (chance: number) => ({
        types: some(chance, [...types, ...all.map(({ type }) => type)]),
        categories: some(chance, ['source', 'warehouses', 'unmapped']),
        workspaces: some(chance, ['ws1', 'ws2', 'ws3']),
        sources: some(chance, ['segment', 'other']),
        outcomes: some(chance, ['succeeded', 'failed'] as const),
        actors: some(chance / 4, actors),
        resources: some(chance / 4, keys),
      });
      let counted = 0;
      for (let n = 0; n < 120; n++) {
        const [from, to] = [time(), time()].sort((a, b) => a - b);
        const filter: AuditEventFilter = {
          ...values(0.25),
          not: values(0.1),
          harmful: pick([undefined, undefined, true, false]),
          text:
            random() < 0.1 ? pick(['orders', 'straße', 'nothing']) : undefined,
          from: random() < 0.8 ? new Date(from).toISOString() : undefined,
          to: random() < 0.5 ? new Date(to).toISOString() : undefined,
        };
        const histogram = await readHistogram(
          histograms,
          {
            criteria: { allOf: [EVERYTHING, { filter }] },
            timeZone: pick([
              ...['UTC', 'Europe/Berlin', 'America/New_York'],
              ...['Asia/Kathmandu', 'Australia/Lord_Howe'],
            ]),
            maxBuckets: pick([1, 7, 100]),
          },
          NOW,
        );
        const matching = all.filter(event => auditEventMatches(event, filter));
        const expected = histogram.buckets.map(bucket => {
          const inside = matching.filter(
            ({ occurredAt }) =>
              occurredAt >= bucket.from && occurredAt <= bucket.to,
          );
          const byCategory = new Map<string, number>();
          for (const { category } of inside) {
            byCategory.set(category, (byCategory.get(category) ?? 0) + 1);
          }
          return {
            from: bucket.from,
            to: bucket.to,
            total: inside.length,
            harmful: inside.filter(({ harmful }) => harmful).length,
            byCategory: [...byCategory]
              .map(([category, count]) => ({ category, count }))
              .sort(
                (a, b) =>
                  b.count - a.count || (a.category < b.category ? -1 : 1),
              ),
          };
        });
        expect({ filter, buckets: histogram.buckets }).toEqual({
          filter,
          buckets: expected,
        });
        // Each of the events is in one of the buckets, none of which overlap.
        expect({ filter, total: histogram.total }).toEqual({
          filter,
          total: matching.length,
        });
        expect(histogram.complete).toBe(true);
        counted += matching.length;
      }
      expect(counted).toBeGreaterThan(10_000);
      expect(await keptCounts(knex)).toEqual(countsOf(all));
    });

    it('keeps counts true whatever is done, and merges them', async () => {
      const { knex, events, counts } = await create();
      const random = seededRandom(5);
      const make = () =>
        auditEvent({
          type: random() < 0.5 ? 'Source Modified' : 'Source Deleted',
          occurredAt: new Date(NOW - random() * 3 * HOUR_MS).toISOString(),
        });
      const kept = Array.from({ length: 60 }, make);
      const removed = Array.from({ length: 30 }, make);
      await Promise.all(
        [kept.slice(0, 40), removed, [...kept.slice(20), ...removed]].map(
          part => events.append(part),
        ),
      );
      // Once more, which stores nothing.
      await events.append(kept);
      expect(await keptCounts(knex)).toEqual(countsOf([...kept, ...removed]));

      await counts.merge();
      const ids = removed.map(({ id }) => id);
      await knex('audit_events').whereIn('id', ids).delete();
      const [changed, ...others] = kept;
      await knex('audit_events')
        .where({ id: changed.id })
        .update({ outcome: 'failed', intakes: '["a","b"]' });
      const now = countsOf([...others, { ...changed, outcome: 'failed' }]);
      expect(await keptCounts(knex)).toEqual(now);

      // Also while others write, and when two merge at once.
      const later = Array.from({ length: 100 }, make);
      await Promise.all([
        ...later.map(event => events.append([event])),
        ...Array.from({ length: 4 }, () => counts.merge()),
      ]);
      expect(await counts.merge()).toBeLessThan(5);
      expect(await counts.merge()).toBe(0);
      const all = [...others, { ...changed, outcome: 'failed' as const }];
      expect(await keptCounts(knex)).toEqual(countsOf([...all, ...later]));
      const rows = await knex('audit_event_counts').select();
      expect(rows.every(({ summed }) => Boolean(summed))).toBe(true);
      expect(new Set(rows.map(row => `${row.hour} ${row.kind_id}`)).size).toBe(
        rows.length,
      );

      expect(await keptHours(knex)).toEqual(hoursOf([...all, ...later]));

      // What is rolled back is not counted.
      await knex
        .transaction(async tx => {
          await tx('audit_events').delete();
          throw new Error('changed my mind');
        })
        .catch(() => {});
      expect(await keptCounts(knex)).toEqual(countsOf([...all, ...later]));
    });

    it('says from when on it counts if there is too much to count', async () => {
      const { events, histograms } = await create(25);
      const all = Array.from({ length: 40 }, (_, n) =>
        auditEvent({
          actor: { type: 'user', id: n % 8 === 0 ? 'u2' : 'u1' },
          occurredAt: new Date(NOW - n * HOUR_MS).toISOString(),
        }),
      );
      await events.append(all);
      const read = (filter: AuditEventFilter) =>
        readHistogram(
          histograms,
          { criteria: { filter }, timeZone: 'UTC', maxBuckets: 100 },
          NOW,
        );
      const from = new Date(NOW - 40 * HOUR_MS).toISOString();
      const capped = await read({ actors: ['u1'], from });
      // 26 of u1's 35: it stops when it knows that there are more.
      expect(capped).toMatchObject({ complete: false, total: 26 });
      const oldest = all.filter(({ actor }) => actor.id === 'u1')[25];
      expect(capped.countedFrom).toBe(oldest.occurredAt);
      expect(capped.buckets[0].from).toBe(from);
      // Without a beginning it begins where it counts.
      const open = await read({ actors: ['u1'] });
      expect(open.buckets[0].total).toBe(1);
      expect(open.countedFrom).toBe(oldest.occurredAt);

      expect(await read({ actors: ['u2'], from })).toMatchObject({
        complete: true,
        total: 5,
      });
      // What is counted ahead has no limit.
      expect(await read({ from })).toMatchObject({ complete: true, total: 40 });
    });

    it('shows events whose clock is ahead, and nothing of no events', async () => {
      const { events, histograms } = await create();
      const read = (filter: AuditEventFilter) =>
        readHistogram(
          histograms,
          { criteria: { filter }, timeZone: 'UTC', maxBuckets: 30 },
          NOW,
        );
      expect(await read({})).toMatchObject({ buckets: [], complete: true });
      const from = new Date(NOW - 5 * HOUR_MS).toISOString();
      const none = await read({ from, actors: ['u1'] });
      expect(none.total).toBe(0);
      expect(none.buckets.length).toBeGreaterThan(5);
      expect(await read({ from, to: from })).toMatchObject({
        buckets: [{ from, to: from, total: 0 }],
      });

      const ahead = new Date(NOW + 20 * HOUR_MS).toISOString();
      await events.append([auditEvent({ occurredAt: ahead })]);
      const histogram = await read({ from });
      expect(histogram.total).toBe(1);
      expect(histogram.buckets[histogram.buckets.length - 1].total).toBe(1);
      const { total } = await read({ from, types: ['source.deleted'] });
      expect(total).toBe(0);
    });
  },
);

// SQLite has one writer at a time.
describe.each(databases.eachSupportedId().filter(([id]) => id !== 'SQLITE_3'))(
  'counts on %s',
  databaseId => {
    it('are of a kind that two transactions store first', async () => {
      const knex = await databases.init(databaseId);
      const [first, second, third] = [1, 2, 3].map(() => auditEvent());
      const late = await knex.transaction();
      await DatabaseAuditEventsStore.create({ knex: late }).append([first]);
      const events = DatabaseAuditEventsStore.create({ knex });
      await events.append([second]);
      await late.commit();
      await events.append([third]);
      expect(await keptCounts(knex)).toEqual(countsOf([first, second, third]));

      await knex('audit_events').where({ id: first.id }).delete();
      await DatabaseEventCounts.create({ knex }).merge();
      expect(await keptCounts(knex)).toEqual(countsOf([second, third]));
    });
  },
);
