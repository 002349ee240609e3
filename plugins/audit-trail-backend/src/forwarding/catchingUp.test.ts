import { TestTrailDatabases } from '../__testUtils__/databases';
import { waitUntil } from '../__testUtils__/waitUntil';
import { DatabaseDeliveryQueue } from '../database/forwarding/DatabaseDeliveryQueue';
import { some, TestForwarding } from './__testUtils__/TestForwarding';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();
const BATCH = 10;

/** Something that others wait for until it is opened. */
class Gate {
  #open: () => void = () => {};
  readonly opened = new Promise<void>(resolve => {
    this.#open = resolve;
  });
  /** How many have come to it. */
  waiting = 0;

  open(): void {
    this.#open();
  }

  async pass(): Promise<void> {
    this.waiting++;
    await this.opened;
  }
}

describe.each(databases.eachSupportedId())(
  'a queue that is caught up with on %s',
  databaseId => {
    let forwarding: TestForwarding;
    /** What acknowledgements wait for. */
    let gate: Gate;

    beforeEach(async () => {
      forwarding = await TestForwarding.create(databases, databaseId);
      gate = new Gate();
      const { transaction } = DatabaseDeliveryQueue.prototype;
      jest
        .spyOn(DatabaseDeliveryQueue.prototype, 'transaction')
        .mockImplementation(async function wait(
          this: DatabaseDeliveryQueue,
          work,
        ) {
          await gate.pass();
          return transaction.call(this, work) as ReturnType<typeof work>;
        });
    });
    afterEach(async () => {
      gate.open();
      await forwarding.stopAll();
      jest.restoreAllMocks();
    });

    /** Has some batches wait, and then go. */
    async function release(batches: number) {
      const backend = await forwarding.start({}, { maxEvents: BATCH });
      await forwarding.change(backend, { paused: true });
      const ids = await forwarding.record(backend, some(batches * BATCH));
      await forwarding.change(backend, { paused: false });
      return { backend, ids: ids.sort() };
    }
    const pending = async () =>
      Object.values(await forwarding.states()).filter(
        ([state]) => state === 'pending',
      ).length;

    it('makes the next call while one is acknowledged, and no more than that', async () => {
      const { receiver } = forwarding;
      const { ids } = await release(6);
      await waitUntil('two are taken', () => receiver.calls.length === 2);
      // Time enough for a third one.
      await new Promise(resolve => setTimeout(resolve, 300));
      expect(receiver.calls).toHaveLength(2);
      expect(gate.waiting).toBe(1);
      expect(await pending()).toBe(6 * BATCH);
      gate.open();
      await waitUntil('all are acknowledged', async () => !(await pending()));
      expect(receiver.ids).toEqual(ids);
    });

    it('does not lose sight of a failure while one is acknowledged', async () => {
      const { receiver } = forwarding;
      let calls = 0;
      receiver.answer = () => {
        calls++;
        if (calls > 1) {
          throw new Error('away');
        }
      };
      const { backend, ids } = await release(4);
      await waitUntil('the second call is made', () => calls === 2);
      expect((await forwarding.status(backend)).state).toBe('working');
      gate.open();
      await waitUntil(
        'it is known to fail',
        async () => (await forwarding.status(backend)).state === 'failing',
      );
      expect(await pending()).toBe(3 * BATCH);
      receiver.answer = undefined;
      await waitUntil('all are acknowledged', async () => !(await pending()));
      expect(receiver.ids).toEqual(ids);
      expect(await forwarding.status(backend)).toMatchObject({
        state: 'working',
      });
    });

    it('sends nothing more once it has lost the lease', async () => {
      const { receiver } = forwarding;
      const { ids } = await release(4);
      await waitUntil('two are taken', () => receiver.calls.length === 2);
      await forwarding.knex('audit_destination_status').update({
        holder: 'another',
        fence: forwarding.knex.raw('fence + 1'),
        held_until: new Date(Date.now() + 2_000),
      });
      gate.open();
      await new Promise(resolve => setTimeout(resolve, 500));
      expect(receiver.calls).toHaveLength(2);
      // The two whose acknowledgement did not count come once more.
      await waitUntil('all are acknowledged', async () => !(await pending()));
      expect(receiver.ids).toEqual([...ids.slice(0, 2 * BATCH), ...ids]);
    });

    it('sends nothing more once it is paused, and goes on where it stopped', async () => {
      const { receiver } = forwarding;
      const { backend, ids } = await release(4);
      await waitUntil('two are taken', () => receiver.calls.length === 2);
      await forwarding.change(backend, { paused: true });
      gate.open();
      await waitUntil(
        'both are acknowledged',
        async () => (await pending()) === 2 * BATCH,
      );
      expect(receiver.calls).toHaveLength(2);
      await forwarding.change(backend, { paused: false });
      await waitUntil('all are acknowledged', async () => !(await pending()));
      expect(receiver.ids).toEqual(ids);
    });

    it('is acknowledged before a shutdown gives the lease back', async () => {
      const { receiver } = forwarding;
      await release(4);
      await waitUntil('two are taken', () => receiver.calls.length === 2);
      const stopped = forwarding.stopAll();
      gate.open();
      await stopped;
      expect(receiver.calls.length).toBeLessThanOrEqual(3);
      expect(await pending()).toBe(4 * BATCH - receiver.ids.length);
    });
  },
);
