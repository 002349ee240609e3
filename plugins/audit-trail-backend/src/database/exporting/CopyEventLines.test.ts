import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditEventFilter } from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { auditEvent, seededRandom } from '../../__testUtils__/events';
import { TestTrailDatabases } from '../../__testUtils__/databases';
import { SQL_INJECTIONS } from '../../__testUtils__/sqlInjections';
import { waitUntil } from '../../__testUtils__/waitUntil';
import { CopyEventLines } from './CopyEventLines';
import { EVERYTHING, type AuditEventCriteria } from '../criteria';
import { DatabaseAuditEventsStore } from '../DatabaseAuditEventsStore';
import type { LinesChunk } from './EventLines';
import { PagedEventLines } from './PagedEventLines';

jest.setTimeout(180_000);

const databases = new TestTrailDatabases();
const POSTGRES = databases
  .eachSupportedId()
  .filter(([id]) => id.startsWith('POSTGRES'));

const never = new AbortController().signal;
const idsIn = (chunks: LinesChunk[]) =>
  Buffer.concat(chunks.flatMap(({ parts }) => parts))
    .toString()
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line).id as string);

async function collect(chunks: AsyncIterable<LinesChunk>) {
  const all: LinesChunk[] = [];
  for await (const chunk of chunks) {
    all.push(chunk);
  }
  return all;
}

describe.each(POSTGRES)('lines by COPY on %s', databaseId => {
  let knex: Knex;
  let store: DatabaseAuditEventsStore;
  let lines: CopyEventLines;

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    store = DatabaseAuditEventsStore.create({ knex });
    lines = CopyEventLines.create({ giveWay: nextTurn, knex });
  });

  const read = (
    criteria: AuditEventCriteria = EVERYTHING,
    order: 'asc' | 'desc' = 'asc',
    signal = never,
  ) => lines.read({ criteria, order, format: 'ndjson' }, signal);

  /** An event that is recorded now, at some place of the order. */
  const eventAt = (minute: number) => ({
    ...auditEvent({
      occurredAt: new Date(
        Date.UTC(2026, 2, 1) + minute * 60_000,
      ).toISOString(),
    }),
    recordedAt: new Date().toISOString(),
  });
  const appendMany = async (events: ReturnType<typeof eventAt>[]) => {
    for (let at = 0; at < events.length; at += 1_000) {
      await store.append(events.slice(at, at + 1_000));
    }
  };

  /** Sessions that run a query, beside the one that asks. */
  const busy = async () => {
    const { rows } = await knex.raw(
      `select query, state, extract(epoch from clock_timestamp() - xact_start) * 1000 as age
       from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
    );
    return rows as { query: string; state: string; age: string | null }[];
  };

  it.each(['asc', 'desc'] as const)(
    'are all of the moment they begin at, each once, whatever is written meanwhile (%s)',
    async order => {
      const before = Array.from({ length: 6_000 }, (_, n) => eventAt(n));
      await appendMany(before);
      // One that began before, with ids in the midst, and commits late.
      const late = await knex.transaction();
      const lateEvents = Array.from({ length: 50 }, (_, n) =>
        eventAt(n * 100 + 0.5),
      );
      await DatabaseAuditEventsStore.create({ knex: late }).append(lateEvents);

      const chunks = read(EVERYTHING, order);
      const found = [(await chunks.next()).value as LinesChunk];
      await late.commit();
      // A backfill, new events, and a second intake that writes old ones anew.
      await appendMany(
        Array.from({ length: 2_000 }, (_, n) => eventAt(n * 3 + 0.25)),
      );
      await appendMany([eventAt(7_000), eventAt(-1)]);
      await knex('audit_events').update({ intakes: '["a","b"]' });
      found.push(...(await collect(chunks)));

      const ids = idsIn(found);
      const expected = before.map(({ id }) => id).sort();
      expect(ids).toEqual(order === 'asc' ? expected : expected.reverse());
      expect(found.length).toBeGreaterThan(2);
    },
  );

  it('begin anew where a chunk would have been too large', async () => {
    const random = seededRandom(3);
    const events = Array.from({ length: 1_200 }, (_, n) => ({
      ...eventAt(n),
      details: { text: 'x'.repeat(Math.floor(random() * 60_000)) },
    }));
    await appendMany(events);
    const found = await collect(read());
    const sizes = found.map(({ parts }) =>
      parts.reduce((sum, { length }) => sum + length, 0),
    );
    expect(Math.max(...sizes)).toBeLessThan(17 * 1024 * 1024);
    expect(idsIn(found)).toEqual(events.map(({ id }) => id).sort());
  });

  it('hold no transaction while a slow reader has a chunk', async () => {
    await appendMany(Array.from({ length: 5_000 }, (_, n) => eventAt(n)));
    const chunks = read();
    await chunks.next();
    // The chunk that is read ahead is soon there.
    await waitUntil('nothing runs', async () => (await busy()).length === 0);
    await new Promise(resolve => setTimeout(resolve, 3_000));
    expect(await busy()).toEqual([]);
    expect((await chunks.next()).done).toBe(false);
    await chunks.return();
    await waitUntil('nothing runs', async () => (await busy()).length === 0);
  });

  it('stop a query that runs, and give its connection back', async () => {
    await appendMany(Array.from({ length: 3_000 }, (_, n) => eventAt(n)));
    // Holds up whoever chooses events by what they belong to.
    const lock = await knex.transaction();
    await lock.raw('lock table audit_event_resources in access exclusive mode');
    const controller = new AbortController();
    const reading = read(
      { filter: { resources: ['segment:warehouse:w1'] } },
      'asc',
      controller.signal,
    ).next();
    const waiting = async () =>
      (await busy()).filter(({ query }) => query.includes('audit_events'));
    await waitUntil('it waits for the lock', async () =>
      (await waiting()).some(({ query }) => query.includes('chosen')),
    );
    controller.abort();
    await expect(reading).rejects.toThrow('aborted');
    await waitUntil('it has been stopped', async () =>
      (await waiting()).every(({ query }) => !query.includes('chosen')),
    );
    await lock.rollback();
    expect(await collect(read())).not.toEqual([]);
  });

  it('choose the same as pages for 500 payloads of SQL injection, and leave the database as it was', async () => {
    expect(SQL_INJECTIONS).toHaveLength(500);
    // Some of them are what is stored, so that they choose something.
    await store.append(
      SQL_INJECTIONS.slice(0, 100).map(payload =>
        auditEvent({
          type: payload.slice(0, 200),
          actor: { type: 'user', id: payload },
          workspace: payload.slice(0, 200),
          details: { note: payload },
        }),
      ),
    );
    const tables = async () => {
      const { rows } = await knex.raw(
        `select c.relname, c.relkind from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname not like 'pg\\_%' order by 1`,
      );
      const [{ count }] = await knex('audit_events').count({ count: '*' });
      return JSON.stringify([rows, count]);
    };
    const untouched = await tables();
    const pages = PagedEventLines.create({ knex });
    const places: ((payload: string) => AuditEventFilter)[] = [
      payload => ({ types: [payload] }),
      payload => ({ actors: [payload, 'other'] }),
      payload => ({ resources: [payload] }),
      payload => ({ workspaces: [payload] }),
      payload => ({ sources: [payload], categories: [payload] }),
      payload => ({ text: payload }),
      payload => ({ not: { actors: [payload], resources: [payload] } }),
    ];
    let chosen = 0;
    for (const [n, payload] of SQL_INJECTIONS.entries()) {
      const filter = places[n % places.length](payload);
      const others: AuditEventCriteria[] = [
        { ownedBy: [payload] },
        { ofEntity: payload },
      ];
      const criteria: AuditEventCriteria =
        n % 3 ? { filter } : { anyOf: [{ filter }, others[n % 2]] };
      const byCopy = idsIn(await collect(read(criteria)));
      const byPages = idsIn(
        await collect(
          pages.read({ criteria, order: 'asc', format: 'ndjson' }, never),
        ),
      );
      expect({ payload, ids: byCopy }).toEqual({ payload, ids: byPages });
      chosen += byCopy.length;
    }
    expect(chosen).toBeGreaterThan(100);
    expect(await tables()).toBe(untouched);
  });
});
