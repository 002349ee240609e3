import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { addDestination, queueFor } from '../__testUtils__/destinations';
import { auditEvent } from '../__testUtils__/events';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { DatabaseDeliveryQueue } from '../database/forwarding/DatabaseDeliveryQueue';
import {
  DatabaseDestinationStatusStore,
  type Lease,
} from '../database/forwarding/DatabaseDestinationStatusStore';
import { Acknowledgements } from './Acknowledgements';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();
const BATCH = 3;
const SECOND = 1_000;

describe.each(databases.eachSupportedId())(
  'acknowledgements on %s',
  databaseId => {
    let knex: Knex;
    let queue: DatabaseDeliveryQueue;
    let status: DatabaseDestinationStatusStore;
    let lease: Lease;
    let acknowledgements: Acknowledgements;
    /** What a clock says that goes on only if it is told to. */
    let now: number;

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      await addDestination(knex, 'data');
      queue = DatabaseDeliveryQueue.create({ knex });
      status = DatabaseDestinationStatusStore.create({ knex });
      const held = await status.hold({
        destinationId: 'data',
        holder: 'me',
        forMs: 60_000,
      });
      lease = held!.lease;
      acknowledgements = Acknowledgements.create({
        logger: mockServices.logger.mock(),
        queue,
        status,
      });
      now = 0;
      jest.spyOn(performance, 'now').mockImplementation(() => now);
    });
    afterEach(() => jest.restoreAllMocks());

    /** Queues a batch, which is taken at once. */
    async function take(nextCallAt?: Date): Promise<number> {
      const events = Array.from({ length: BATCH }, () => auditEvent());
      const eventIds = events.map(({ id }) => id);
      await DatabaseAuditEventsStore.create({ knex }).append(events);
      await queueFor(knex, 'data', eventIds);
      return acknowledgements.acknowledge(lease, { eventIds, nextCallAt });
    }
    const pending = () => queue.listDue('data', 100);
    const noted = async () => {
      const hours = await status.hoursSince(['data'], new Date(0));
      return hours.reduce((sum, { delivered }) => sum + delivered, 0);
    };

    it('count at once, and are noted once a second', async () => {
      expect(await take()).toBe(BATCH);
      expect(await noted()).toBe(BATCH);
      now += SECOND / 2;
      expect(await take()).toBe(BATCH);
      expect(await take()).toBe(BATCH);
      expect(await pending()).toEqual([]);
      expect(await noted()).toBe(BATCH);
      now += SECOND / 2;
      expect(await take()).toBe(BATCH);
      expect(await noted()).toBe(4 * BATCH);
    });

    it('are noted when nothing else comes, and before a failure is', async () => {
      await take();
      await take();
      await acknowledgements.note(lease);
      expect(await noted()).toBe(BATCH);
      now += SECOND;
      await acknowledgements.note(lease);
      expect(await noted()).toBe(2 * BATCH);
      await take();
      await acknowledgements.note(lease, { atOnce: true });
      expect(await noted()).toBe(3 * BATCH);
      // Nothing is left to be noted.
      await status.noteFailure(lease, { error: 'away', nextCallInMs: 0 });
      now += SECOND;
      await acknowledgements.note(lease, { atOnce: true });
      expect(await status.list(['data'])).toMatchObject([{ failures: 1 }]);
    });

    it('are noted at once if whoever is next must know', async () => {
      await take();
      await status.noteFailure(lease, { error: 'away', nextCallInMs: 0 });
      const nextCallAt = new Date(Date.now() + 5_000);
      await take(nextCallAt);
      expect(await status.list(['data'])).toMatchObject([
        { failures: 0, nextCallAt },
      ]);
      expect(await noted()).toBe(2 * BATCH);
    });

    it('are none under a lease that is lost', async () => {
      await knex('audit_destination_status').update({ fence: 1_000 });
      expect(await take()).toBe(0);
      expect(await pending()).toHaveLength(BATCH);
      expect(await status.list(['data'])).toMatchObject([
        { lastSuccessAt: undefined },
      ]);
    });

    it('are noted once, also if the database is away for a moment', async () => {
      await take();
      jest
        .spyOn(queue, 'transaction')
        .mockRejectedValueOnce(new Error('no connection'));
      expect(await take()).toBe(BATCH);
      now += SECOND;
      jest
        .spyOn(status, 'noteSuccess')
        .mockRejectedValueOnce(new Error('no connection'));
      await expect(acknowledgements.note(lease)).rejects.toThrow();
      await acknowledgements.note(lease);
      await acknowledgements.note(lease, { atOnce: true });
      expect(await noted()).toBe(2 * BATCH);
    });
  },
);
