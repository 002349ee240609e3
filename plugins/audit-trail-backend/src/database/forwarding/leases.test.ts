import { TestTrailDatabases } from '../../__testUtils__/databases';
import { addDestination } from '../../__testUtils__/destinations';
import { DatabaseDestinationStatusStore } from './DatabaseDestinationStatusStore';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();

describe.each(databases.eachSupportedId())(
  'the right to deliver on %s',
  databaseId => {
    async function setUp() {
      const knex = await databases.init(databaseId);
      await addDestination(knex, 'data');
      const status = DatabaseDestinationStatusStore.create({ knex });
      const hold = async (holder: string) => {
        const held = await status.hold({
          destinationId: 'data',
          holder,
          forMs: 10_000,
        });
        return held?.lease;
      };
      const runOut = () =>
        knex('audit_destination_status').update({ held_until: new Date(0) });
      /** Tells whether word of a success counts. */
      const succeed = async (
        lease: NonNullable<Awaited<ReturnType<typeof hold>>>,
      ) => {
        const at = new Date();
        await status.noteSuccess(lease, { at, delivered: 1 });
        const [{ lastSuccessAt }] = await status.list(['data']);
        return lastSuccessAt?.getTime() === at.getTime();
      };
      return { hold, runOut, status, succeed };
    }

    it('stays with whoever had it last, so that their word counts', async () => {
      const { hold, runOut, status, succeed } = await setUp();
      const lease = (await hold('first'))!;
      expect(await hold('second')).toBeUndefined();
      await runOut();
      expect(await succeed(lease)).toBe(true);
      expect(await status.renew(lease, 10_000)).toBe(true);
      expect(await hold('second')).toBeUndefined();
      await runOut();
      expect(await hold('first')).toEqual(lease);
    });

    it('goes to another when it has run out, and is then not kept', async () => {
      const { hold, runOut, status, succeed } = await setUp();
      const lease = (await hold('first'))!;
      await runOut();
      const taken = (await hold('second'))!;
      expect(taken.fence).toBeGreaterThan(lease.fence);
      expect(await status.renew(lease, 10_000)).toBe(false);
      expect(await succeed(lease)).toBe(false);
      await runOut();
      // Nor does it come back by itself.
      expect(await status.renew(lease, 10_000)).toBe(false);
      expect((await hold('first'))!.fence).toBeGreaterThan(taken.fence);
    });

    it('goes at once when it is given back', async () => {
      const { hold, status } = await setUp();
      const lease = (await hold('first'))!;
      await status.release(lease);
      expect(await status.renew(lease, 10_000)).toBe(false);
      expect(await hold('second')).toBeDefined();
    });
  },
);
