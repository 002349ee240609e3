import type { Knex } from 'knex';
import { TestTrailDatabases } from '../../__testUtils__/databases';
import { queueFor } from '../../__testUtils__/destinations';
import { auditEvent } from '../../__testUtils__/events';
import { DatabaseAuditEventsStore } from '../DatabaseAuditEventsStore';
import { DatabaseDeliveriesStore } from './DatabaseDeliveriesStore';
import { DatabaseDeliveryQueue } from './DatabaseDeliveryQueue';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();
const DELIVERED = 2_000;
const MAX_COUNT = 10_000;

interface Asked {
  sql: string;
  bindings: Knex.RawBinding[];
}

describe.each(databases.eachSupportedId().filter(([id]) => id !== 'SQLITE_3'))(
  'while PostgreSQL keeps what was delivered on %s',
  databaseId => {
    let knex: Knex;
    let queue: DatabaseDeliveryQueue;
    let foreign: Knex.Transaction;
    let ids: string[];

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      queue = DatabaseDeliveryQueue.create({ knex });
      foreign = await knex.transaction();
      await foreign('audit_events').count();
      const events = Array.from({ length: DELIVERED }, () => auditEvent());
      ids = events.map(({ id }) => id);
      await DatabaseAuditEventsStore.create({ knex }).append(events);
      await queueFor(knex, 'data', ids);
      await knex('audit_deliveries').update({ state: 'delivered' });
      await knex.raw('analyze audit_deliveries');
    });
    afterEach(() => foreign.rollback());

    /** How PostgreSQL goes about the statements that something makes. */
    async function planOf(work: () => Promise<unknown>): Promise<string> {
      const asked: Asked[] = [];
      const note = (query: Asked) => asked.push(query);
      knex.on('query', note);
      await work();
      knex.removeListener('query', note);
      const plans: string[] = [];
      for (const { sql, bindings } of asked) {
        const { rows } = await knex.raw(
          `explain ${sql.replace(/\$\d+/g, '?')}`,
          bindings,
        );
        plans.push(JSON.stringify(rows));
      }
      return plans.join('\n');
    }

    /** Has all of it wait for another destination too, as it is appended. */
    async function queueForAnother(): Promise<void> {
      await knex('audit_deliveries').delete();
      await knex.raw(
        `insert into audit_deliveries
           (destination_id, event_id, state, queued_at, at, attempts)
         select destination, id, state, now(), now(), 0
         from audit_events,
           (values ('data', 'delivered'), ('away', 'pending')) as to_each (destination, state)
         order by id`,
      );
      await knex.raw('analyze audit_deliveries');
    }

    it('what has become due lately is found by an index of its own', async () => {
      expect(
        await planOf(() => queue.listDueSince('data', new Date(), 100)),
      ).toContain('audit_deliveries_due_idx');
    });

    it('what was overlooked is looked for beside what waits for another', async () => {
      await queueForAnother();
      expect(
        await planOf(() => queue.isDueBefore('data', new Date())),
      ).toContain('audit_deliveries_due_idx');
    });

    it.each([
      ['all that is due', () => queue.listDue('data', 100)],
      [
        'what has not failed alone',
        () => queue.listDue('data', 100, { untriedFirst: true }),
      ],
      [
        'what comes behind an event',
        () => queue.listDue('data', 100, { after: ids[DELIVERED / 2] }),
      ],
      [
        'how much waits',
        () =>
          DatabaseDeliveriesStore.create({ knex }).backlog('data', MAX_COUNT),
      ],
    ])('%s is found beside what waits for another', async (_, work) => {
      await queueForAnother();
      const plan = await planOf(work);
      expect(plan).toMatch(/audit_deliveries_(pending|due)_idx/);
      expect(plan).not.toMatch(/audit_deliveries_pkey|Seq Scan/);
    });

    it('what waits for a destination is read in its order, and not sorted', async () => {
      await queueForAnother();
      const plan = await planOf(() => queue.listDue('away', 1_000));
      expect(plan).toContain('audit_deliveries_pending_idx');
      expect(plan).not.toContain('Sort');
    });

    it('what is done with is found by its key', async () => {
      const lease = { destinationId: 'data', holder: 'a', fence: 1 };
      const plan = await planOf(() =>
        queue.finish(lease, ids.slice(0, 10), 'delivered'),
      );
      expect(plan).toContain('audit_deliveries_pkey');
      expect(plan).not.toMatch(/audit_deliveries_(due|pending)_idx/);
    });
  },
);
