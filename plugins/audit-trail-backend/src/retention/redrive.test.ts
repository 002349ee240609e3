import type { Knex } from 'knex';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { addDestination } from '../__testUtils__/destinations';
import { EVERYTHING } from '../database/criteria';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { DatabaseDeliveriesStore } from '../database/forwarding/DatabaseDeliveriesStore';
import {
  createTestPruner,
  deliveryRow,
  eventsOf,
  storedIds,
} from './__testUtils__/pruner';

jest.setTimeout(300_000);

const databases = new TestTrailDatabases();

describe.each(databases.eachSupportedId())(
  'retention beside redrives on %s',
  databaseId => {
    let knex: Knex;
    let deliveries: DatabaseDeliveriesStore;

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      deliveries = DatabaseDeliveriesStore.create({ knex });
      await addDestination(knex, 'siem');
    });

    /** Old events that were given up. */
    async function givenUp(count: number) {
      const old = eventsOf(count, 95);
      for (let at = 0; at < count; at += 500) {
        const some = old.slice(at, at + 500);
        await DatabaseAuditEventsStore.create({ knex }).append(some);
        await knex.batchInsert(
          'audit_deliveries',
          some.map(event => deliveryRow(event, 'siem', 'dead')),
          100,
        );
      }
      return old.map(({ id }) => id);
    }
    const pending = async () =>
      knex('audit_deliveries')
        .where({ state: 'pending' })
        .orderBy('event_id')
        .pluck('event_id');

    it('keeps what is redriven meanwhile, and redrives nothing that is gone', async () => {
      const ids = await givenUp(1_000);
      const redriven: string[] = [];
      let next = 0;
      const redrive = async () => {
        while (next < ids.length) {
          // From both ends, as the prune comes from one of them.
          const at = next++;
          const eventId = at % 2 ? ids[ids.length - at] : ids[at];
          const count = await deliveries.redrive({
            destinationId: 'siem',
            criteria: EVERYTHING,
            eventIds: [eventId],
          });
          if (count) {
            redriven.push(eventId);
          }
          await new Promise(resolve => setImmediate(resolve));
        }
      };
      const pruning = createTestPruner({ knex }).prune();
      await Promise.all([pruning, redrive(), redrive(), redrive()]);
      expect(await pending()).toEqual(redriven.sort());
      // And the event of the prune.
      expect((await storedIds(knex)).slice(0, -1)).toEqual(redriven);
    });

    if (databaseId.startsWith('POSTGRES')) {
      it('waits for no redrive that is under way, and takes none of its events', async () => {
        const ids = await givenUp(3);
        await knex.transaction(async redriving => {
          await redriving('audit_deliveries')
            .where({ event_id: ids[1], state: 'dead' })
            .update({ state: 'pending' });
          await createTestPruner({ knex }).prune();
          expect((await storedIds(knex)).slice(0, -1)).toEqual([ids[1]]);
        });
        expect(await pending()).toEqual([ids[1]]);
      });
    }
  },
);
