import { mockServices } from '@backstage/backend-test-utils';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { waitUntil } from '../__testUtils__/waitUntil';
import { DeliverySignals, type QueuedSignal } from './DeliverySignals';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();

describe.each(databases.eachSupportedId())('signals on %s', databaseId => {
  const isPostgres = databaseId !== 'SQLITE_3';

  async function start() {
    const knex = await databases.init(databaseId);
    const replica = async () => {
      const signals = DeliverySignals.create({
        knex,
        logger: mockServices.logger.mock(),
      });
      const received: QueuedSignal[] = [];
      signals.subscribe(signal => received.push(signal));
      await signals.start();
      return { signals, received };
    };
    const [own, other] = [await replica(), await replica()];
    const stop = () => Promise.all([own.signals.stop(), other.signals.stop()]);
    return { knex, own, other, stop };
  }

  it('come to this process at once, and to others on PostgreSQL', async () => {
    const { own, other, stop } = await start();
    own.signals.queued();
    expect(own.received).toEqual([{ late: false }]);
    if (isPostgres) {
      await waitUntil('it is told', () => other.received.length > 0);
      expect(other.received).toEqual([{ late: false }]);
    }
    await stop();
    // Its own notification was no news to it.
    expect(own.received).toHaveLength(1);
  });

  it('tell what was committed late, also among others', async () => {
    const { own, other, stop } = await start();
    own.signals.queued({ late: true });
    own.signals.queued();
    expect(own.received).toEqual([{ late: true }, { late: false }]);
    if (isPostgres) {
      await waitUntil('it is told', () => other.received.length > 0);
      expect(other.received).toEqual([{ late: true }]);
    }
    await stop();
  });

  it('of strangers are taken for what they may mean', async () => {
    const { knex, own, stop } = await start();
    if (isPostgres) {
      await knex.raw(`notify audit_trail_deliveries`);
      await knex.raw(`notify audit_trail_deliveries, '{"so": "what"}'`);
      await waitUntil('both came', () => own.received.length === 2);
      expect(own.received).toEqual([{ late: false }, { late: false }]);
    }
    await stop();
  });
});
