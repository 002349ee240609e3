import { TestTrailDatabases } from '../__testUtils__/databases';
import { waitUntil } from '../__testUtils__/waitUntil';
import { some, TestForwarding } from './__testUtils__/TestForwarding';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();

describe.each(databases.eachSupportedId())('a shutdown on %s', databaseId => {
  let forwarding: TestForwarding;

  beforeEach(async () => {
    forwarding = await TestForwarding.create(databases, databaseId);
  });
  afterEach(() => forwarding.stopAll());

  const lease = () =>
    forwarding
      .knex('audit_destination_status')
      .where('destination_id', 'data')
      .first('holder', 'held_until');

  it('under load loses nothing that was acknowledged, and gives the lease back', async () => {
    const { receiver } = forwarding;
    const first = await forwarding.start({}, { maxEvents: 20 });
    receiver.answer = () => new Promise(resolve => setTimeout(resolve, 5));
    const acknowledged: string[] = [];
    let refused = false;
    const clients = Array.from({ length: 4 }, async () => {
      while (!refused) {
        try {
          acknowledged.push(...(await forwarding.record(first, some(10))));
        } catch {
          refused = true;
        }
      }
    });
    await waitUntil('some are delivered', () => receiver.ids.length > 100);
    const stoppedAt = Date.now();
    await first.stop();
    expect(Date.now() - stoppedAt).toBeLessThan(10_000);
    await Promise.all(clients);
    expect(await lease()).toEqual({ holder: null, held_until: null });

    const second = await forwarding.start({}, { maxEvents: 1_000 });
    await waitUntil(
      'nothing waits',
      async () => (await forwarding.status(second)).pending === 0,
    );
    const arrived = new Set(receiver.ids);
    expect(acknowledged.filter(id => !arrived.has(id))).toEqual([]);
    expect(receiver.ids).toHaveLength(arrived.size);
  });

  it('breaks a call off that has no end, within ten seconds, and its events are sent again', async () => {
    const { receiver } = forwarding;
    const first = await forwarding.start();
    let called = false;
    receiver.answer = (_, { signal }) => {
      called = true;
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    };
    const ids = await forwarding.record(first, some(3));
    await waitUntil('it is called', () => called);
    const stoppedAt = Date.now();
    await first.stop();
    expect(Date.now() - stoppedAt).toBeLessThan(10_000);
    expect(await lease()).toEqual({ holder: null, held_until: null });
    receiver.answer = undefined;
    const second = await forwarding.start();
    await waitUntil(
      'they are delivered',
      async () => (await forwarding.status(second)).pending === 0,
    );
    expect(receiver.ids).toEqual(ids);
  });
});
