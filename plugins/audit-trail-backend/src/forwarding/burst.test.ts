import { DeliveryRejectedError } from 'backstage-plugin-audit-trail-node';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent } from '../__testUtils__/events';
import { waitUntil } from '../__testUtils__/waitUntil';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import {
  startReceiver,
  type Receiver,
} from '../forwarders/__testUtils__/receiver';
import { sorted, TestForwarding } from './__testUtils__/TestForwarding';

jest.setTimeout(180_000);

const EVENTS = 10_000;

const databases = new TestTrailDatabases();

describe.each(databases.eachSupportedId())(
  '10,000 events on %s',
  databaseId => {
    let forwarding: TestForwarding;
    let slack: Receiver;

    beforeAll(async () => {
      slack = await startReceiver();
    });
    beforeEach(async () => {
      forwarding = await TestForwarding.create(databases, databaseId);
      await slack.clear();
    });
    afterEach(() => forwarding.stopAll());
    afterAll(() => slack.close());

    /** Puts them all into the trail, and in the queue of a destination. */
    async function queue(destinationId: string, poison?: number) {
      const { knex } = forwarding;
      const events = Array.from({ length: EVENTS }, (_, at) =>
        auditEvent(at === poison ? { workspace: 'poison' } : {}),
      );
      await DatabaseAuditEventsStore.create({ knex }).append(events);
      await knex.raw(
        `insert into audit_deliveries
         (destination_id, event_id, state, queued_at, at, attempts)
       select ?, id, 'pending', ?, ?, 0 from audit_events`,
        [destinationId, new Date(), new Date()],
      );
      return events.map(({ id }) => id);
    }

    it('of which one is refused: the others are delivered, and that one when it is asked for', async () => {
      const { receiver } = forwarding;
      const ids = await queue('data', 4_321);
      receiver.answer = events => {
        if (events.some(event => event.workspace === 'poison')) {
          throw new DeliveryRejectedError('400');
        }
      };
      const backend = await forwarding.start({}, { maxEvents: 500 });
      await waitUntil(
        'nothing waits',
        async () => (await forwarding.status(backend)).pending === 0,
        90,
      );
      expect(receiver.ids).toHaveLength(EVENTS - 1);
      expect((await forwarding.status(backend)).deadLetters).toBe(1);
      receiver.answer = undefined;
      const { body } = await forwarding
        .ask(backend, 'post', '/deliveries/redrive')
        .send({ destination: 'data' });
      expect(body).toEqual({ redriven: 1 });
      await waitUntil('it is delivered', () => receiver.ids.length === EVENTS);
      expect(sorted(receiver.ids)).toEqual(sorted(ids));
    });

    it('become digests in Slack, no more often than they may, none lost', async () => {
      const minIntervalMs = 100;
      await queue('slack');
      const backend = await forwarding.start({}, undefined, {
        destinations: {
          slack: {
            type: 'slack',
            webhookUrl: `${slack.url}/slack/T1/B1/x`,
            allowPrivateAddresses: true,
            minIntervalMs,
            maxEvents: 500,
          },
        },
        forwarding: { allowedHosts: ['127.0.0.1'] },
      });
      await waitUntil(
        'nothing waits',
        async () => (await forwarding.status(backend, 'slack')).pending === 0,
        90,
      );
      const messages = await slack.received();
      const counts = messages.map(({ message }) =>
        Number(/([\d,]+) audit events/.exec(message.text)![1].replace(',', '')),
      );
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(EVENTS);
      expect(messages.every(({ accepted }) => accepted)).toBe(true);
      const times = messages.map(({ at }) => Date.parse(at));
      const seconds = (times.at(-1)! - times[0]) / minIntervalMs;
      // At most 1.1 for each interval.
      expect((messages.length - 1) / seconds).toBeLessThanOrEqual(1.1);
    });
  },
);
