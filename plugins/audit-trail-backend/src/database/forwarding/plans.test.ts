import type { Knex } from 'knex';
import { TestTrailDatabases } from '../../__testUtils__/databases';
import { queueFor } from '../../__testUtils__/destinations';
import { auditEvent } from '../../__testUtils__/events';
import { DatabaseAuditEventsStore } from '../DatabaseAuditEventsStore';
import { DatabaseDeliveryQueue } from './DatabaseDeliveryQueue';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();
const DELIVERED = 2_000;

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

    /** How PostgreSQL goes about the first statement that something makes. */
    async function planOf(work: () => Promise<unknown>): Promise<string> {
      const asked: Asked[] = [];
      knex.on('query', query => asked.push(query));
      await work();
      const [{ sql, bindings }] = asked;
      const { rows } = await knex.raw(
        `explain ${sql.replace(/\$\d+/g, '?')}`,
        bindings,
      );
      return JSON.stringify(rows);
    }

    it('what has become due lately is found by an index of its own', async () => {
      expect(
        await planOf(() => queue.listDueSince('data', new Date(), 100)),
      ).toContain('audit_deliveries_due_idx');
    });

    it('what was overlooked is looked for beside what waits for another', async () => {
      await knex.raw(
        `insert into audit_deliveries
           (destination_id, event_id, state, queued_at, at, attempts)
         select 'away', event_id, 'pending', at, at, 0 from audit_deliveries`,
      );
      await knex.raw('analyze audit_deliveries');
      expect(
        await planOf(() => queue.isDueBefore('data', new Date())),
      ).toContain('audit_deliveries_due_idx');
    });

    it('what is done with is found by its key', async () => {
      const lease = { destinationId: 'data', holder: 'a', fence: 1 };
      const plan = await planOf(() =>
        queue.finish(lease, ids.slice(0, 10), 'delivered'),
      );
      expect(plan).toMatch(/audit_deliveries_(pkey|event_idx)/);
      expect(plan).not.toMatch(/audit_deliveries_(due|pending)_idx/);
    });
  },
);
