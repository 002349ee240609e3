import {
  mockServices,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { waitUntil } from '../__testUtils__/waitUntil';
import { DeliverySignals, type QueuedSignal } from './DeliverySignals';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();
const DATABASE_IDS = databases.eachSupportedId();

interface Replica {
  signals: DeliverySignals;
  received: QueuedSignal[];
}

let replicas: Replica[] = [];

async function startReplica(knex: Knex): Promise<Replica> {
  const signals = DeliverySignals.create({
    knex,
    logger: mockServices.logger.mock(),
  });
  const received: QueuedSignal[] = [];
  signals.subscribe(signal => received.push(signal));
  await signals.start();
  replicas.push({ signals, received });
  return { signals, received };
}

async function startTwo(databaseId: TestDatabaseId) {
  const knex = await databases.init(databaseId);
  return {
    knex,
    own: await startReplica(knex),
    other: await startReplica(knex),
  };
}

afterEach(async () => {
  await Promise.all(replicas.map(({ signals }) => signals.stop()));
  replicas = [];
});

describe.each(DATABASE_IDS)('signals on %s', databaseId => {
  it('come to this process at once', async () => {
    const { own } = await startTwo(databaseId);
    own.signals.queued();
    own.signals.queued({ late: true });
    expect(own.received).toEqual([{ late: false }, { late: true }]);
  });
});

describe.each(DATABASE_IDS.filter(([id]) => id !== 'SQLITE_3'))(
  'signals of others on %s',
  databaseId => {
    it('come, all of a time as one', async () => {
      const { own, other } = await startTwo(databaseId);
      own.signals.queued();
      own.signals.queued();
      await waitUntil('it is told', () => other.received.length > 0);
      expect(other.received).toEqual([{ late: false }]);
    });

    it('do not come back to whoever sent them', async () => {
      const { own, other } = await startTwo(databaseId);
      own.signals.queued();
      await waitUntil('it is told', () => other.received.length > 0);
      // Comes after whatever came before.
      other.signals.queued({ late: true });
      await waitUntil('it is answered', () => own.received.length > 1);
      expect(own.received).toEqual([{ late: false }, { late: true }]);
    });

    it('tell what was committed late, also among what was not', async () => {
      const { own, other } = await startTwo(databaseId);
      own.signals.queued({ late: true });
      own.signals.queued();
      await waitUntil('it is told', () => other.received.length > 0);
      expect(other.received).toEqual([{ late: true }]);
    });

    it('are signals whatever they say', async () => {
      const { knex, own } = await startTwo(databaseId);
      await knex.raw('notify audit_trail_deliveries');
      await knex.raw(`notify audit_trail_deliveries, '{"so": "what"}'`);
      await waitUntil('both came', () => own.received.length === 2);
      expect(own.received).toEqual([{ late: false }, { late: false }]);
    });
  },
);
