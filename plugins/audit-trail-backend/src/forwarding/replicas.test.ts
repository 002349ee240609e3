import { TestTrailDatabases } from '../__testUtils__/databases';
import { waitUntil } from '../__testUtils__/waitUntil';
import { some, TestForwarding } from './__testUtils__/TestForwarding';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();

describe.each(databases.eachSupportedId())(
  'replicas that forward on %s',
  databaseId => {
    let forwarding: TestForwarding;

    beforeEach(async () => {
      forwarding = await TestForwarding.create(databases, databaseId);
    });
    afterEach(() => forwarding.stopAll());

    it('delivers on one replica at a time, and goes on when that one stops', async () => {
      const first = await forwarding.start({}, { maxEvents: 7 });
      const second = await forwarding.start({}, { maxEvents: 7 });
      let calling = 0;
      let most = 0;
      forwarding.receiver.answer = async () => {
        calling++;
        most = Math.max(most, calling);
        await new Promise(resolve => setTimeout(resolve, 2));
        calling--;
      };
      const ids = await forwarding.record(first, some(300));
      await waitUntil(
        'half are delivered',
        () => forwarding.receiver.ids.length > 150,
      );
      await first.stop();
      ids.push(...(await forwarding.record(second, some(50))));
      await waitUntil(
        'all are delivered',
        () => forwarding.receiver.ids.length >= 350,
      );
      expect(forwarding.receiver.ids).toEqual(ids);
      expect(most).toBe(1);
    });

    it('breaks its call off when it learns that another delivers', async () => {
      const backend = await forwarding.start({}, { maxEvents: 10 });
      let brokenOff = false;
      forwarding.receiver.answer = async (_events, { signal }) => {
        if (brokenOff) {
          return;
        }
        await forwarding.knex('audit_destination_status').update({
          holder: 'another',
          fence: forwarding.knex.raw('fence + 1'),
          held_until: new Date(Date.now() + 5_000),
        });
        await new Promise<void>((_, reject) => {
          signal.addEventListener('abort', () => {
            brokenOff = true;
            reject(signal.reason);
          });
        });
      };
      const ids = await forwarding.record(backend, some(10));
      await waitUntil('it breaks it off', () => brokenOff);
      await waitUntil(
        'they are delivered when it has the lease again',
        () => forwarding.receiver.calls.length === 1,
      );
      expect(forwarding.receiver.calls).toEqual([ids]);
      // Nobody was at fault.
      const status = await forwarding.status(backend);
      expect(status.state).toBe('working');
      expect(status).not.toHaveProperty('lastError');
    });

    it('takes over from a replica that is gone, whose word no longer counts', async () => {
      const backend = await forwarding.start({}, { maxEvents: 10 });
      let taken = false;
      forwarding.receiver.answer = async () => {
        if (!taken) {
          taken = true;
          // Another one takes over while the call is under way, and dies.
          await forwarding.knex('audit_destination_status').update({
            holder: 'another',
            fence: forwarding.knex.raw('fence + 1'),
            held_until: new Date(Date.now() + 1_500),
          });
        }
      };
      const ids = await forwarding.record(backend, some(10));
      await waitUntil(
        'they are delivered again',
        () => forwarding.receiver.calls.length === 2,
      );
      expect(forwarding.receiver.calls).toEqual([ids, ids]);
      await waitUntil(
        'nothing waits',
        async () => (await forwarding.status(backend)).pending === 0,
      );
    });
  },
);
