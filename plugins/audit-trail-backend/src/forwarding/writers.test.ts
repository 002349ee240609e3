import { mockServices } from '@backstage/backend-test-utils';
import { seededRandom, auditEvent } from '../__testUtils__/events';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { waitUntil } from '../__testUtils__/waitUntil';
import type { AppendListener } from '../database/AuditEventsStore';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { DatabaseDeliveryQueue } from '../database/forwarding/DatabaseDeliveryQueue';
import { DatabaseDestinationsStore } from '../database/forwarding/DatabaseDestinationsStore';
import { DeliveryOutbox } from './DeliveryOutbox';
import { DeliverySignals } from './DeliverySignals';
import { sorted, TestForwarding } from './__testUtils__/TestForwarding';

jest.setTimeout(180_000);

const WRITERS = 8;
const APPENDS = 60;
const LONGEST_HOLD_MS = 20;
const PART_UNDONE = 0.05;

const databases = new TestTrailDatabases();

describe.each(databases.eachSupportedId())('many writers on %s', databaseId => {
  let forwarding: TestForwarding;

  beforeEach(async () => {
    forwarding = await TestForwarding.create(databases, databaseId);
  });
  afterEach(() => forwarding.stopAll());

  it('that hold their transactions and undo some: nothing is skipped, nothing sent that is undone', async () => {
    await forwarding.start();
    const { knex, receiver } = forwarding;
    const outbox = DeliveryOutbox.create({
      destinationIds: ['data'],
      destinations: DatabaseDestinationsStore.create({ knex }),
      queue: DatabaseDeliveryQueue.create({ knex }),
      signals: DeliverySignals.create({
        knex,
        logger: mockServices.logger.mock(),
      }),
    });
    const random = seededRandom(11);
    const listener: AppendListener = {
      async appending(tx, events) {
        await outbox.appending(tx, events);
        await new Promise(resolve =>
          setTimeout(resolve, random() * LONGEST_HOLD_MS),
        );
        if (random() < PART_UNDONE) {
          throw new Error('undone');
        }
      },
      appended: tookMs => outbox.appended(tookMs),
    };
    const store = DatabaseAuditEventsStore.create({ knex, listener });
    const kept: string[] = [];
    let undone = 0;
    const write = async () => {
      for (let n = 0; n < APPENDS; n++) {
        // Of the last hour, so that ids come in no order.
        const events = Array.from(
          { length: 1 + Math.floor(random() * 3) },
          () =>
            auditEvent({
              occurredAt: new Date(
                Date.UTC(2026, 0, 1) + random() * 3_600_000,
              ).toISOString(),
            }),
        );
        try {
          kept.push(...(await store.append(events)));
        } catch (error) {
          if (!String(error).includes('undone')) {
            throw error;
          }
          undone++;
        }
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, write));

    expect(undone).toBeGreaterThan(0);
    await waitUntil(
      'all are delivered',
      () => receiver.ids.length >= kept.length,
      60,
    );
    expect(sorted(receiver.ids)).toEqual(sorted(kept));
  });
});
