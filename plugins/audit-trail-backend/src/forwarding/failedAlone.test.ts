import { DeliveryRetryError } from 'backstage-plugin-audit-trail-node';
import type { TestBackend } from '@backstage/backend-test-utils';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { waitUntil } from '../__testUtils__/waitUntil';
import { some, sorted, TestForwarding } from './__testUtils__/TestForwarding';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();
const DAY = 24 * 60 * 60 * 1000;

describe.each(databases.eachSupportedId())(
  'events that failed alone before on %s',
  databaseId => {
    let forwarding: TestForwarding;
    let backend: TestBackend;
    /** When each call was made, and of how many events. */
    let calls: { at: number; size: number }[];

    beforeEach(async () => {
      forwarding = await TestForwarding.create(databases, databaseId);
      backend = await forwarding.start();
      calls = [];
    });
    afterEach(() => forwarding.stopAll());

    /** Events that were tried alone, so often and so long ago. */
    async function triedAlone(count: number, failingMs: number) {
      await forwarding.change(backend, { paused: true });
      const ids = await forwarding.record(backend, some(count));
      await forwarding.knex('audit_deliveries').update({
        attempts: 1,
        failing_since: new Date(Date.now() - failingMs),
      });
      return ids;
    }
    const answer = (error: Error) => {
      forwarding.receiver.answer = events => {
        calls.push({ at: Date.now(), size: events.length });
        throw error;
      };
    };

    it('are no longer tried one after the other when the destination fails again', async () => {
      const ids = await triedAlone(30, 2 * DAY);
      answer(new DeliveryRetryError('503'));
      await forwarding.change(backend, { paused: false });
      await waitUntil('it is known to fail', async () => {
        return (await forwarding.status(backend)).state === 'failing';
      });
      await new Promise(resolve => setTimeout(resolve, 1_500));
      // Two, the third that tells, and what the back-off lets through.
      expect(calls.length).toBeLessThanOrEqual(6);
      expect(await forwarding.status(backend)).toMatchObject({
        pending: 30,
        deadLetters: 0,
      });
      forwarding.receiver.answer = undefined;
      await forwarding.change(backend, { paused: true });
      // Does not wait for its next try.
      await forwarding.change(backend, { paused: false });
      await waitUntil(
        'all are delivered',
        () => forwarding.receiver.ids.length === 30,
        60,
      );
      expect(sorted(forwarding.receiver.ids)).toEqual(sorted(ids));
    });

    it('wait as long as the destination asks to', async () => {
      await triedAlone(3, DAY / 2);
      answer(new DeliveryRetryError('429', { retryAfterMs: 2_500 }));
      await forwarding.change(backend, { paused: false });
      await waitUntil('it is tried again', () => calls.length === 2);
      expect(calls[1].at - calls[0].at).toBeGreaterThanOrEqual(2_500);
    });

    it('are tried at once when an Owner resumes, whatever it asked for', async () => {
      const ids = await triedAlone(1, DAY / 2);
      answer(new DeliveryRetryError('429', { retryAfterMs: 3_600_000 }));
      await forwarding.change(backend, { paused: false });
      await waitUntil('it is tried', () => calls.length === 1);
      await waitUntil('it is to wait', async () => {
        return (await forwarding.status(backend)).retryAt !== undefined;
      });
      forwarding.receiver.answer = undefined;
      await forwarding.change(backend, { paused: true });
      await forwarding.change(backend, { paused: false });
      await waitUntil(
        'it is delivered',
        () => forwarding.receiver.ids.length === 1,
      );
      expect(forwarding.receiver.ids).toEqual(ids);
    });

    it('wait no longer than an hour, whatever it asks for', async () => {
      answer(new DeliveryRetryError('429', { retryAfterMs: 1e17 }));
      await forwarding.record(backend, some(2));
      let retryAt: string | undefined;
      await waitUntil('it is known to fail', async () => {
        ({ retryAt } = await forwarding.status(backend));
        return retryAt !== undefined;
      });
      const waitMs = Date.parse(retryAt!) - Date.now();
      expect(waitMs).toBeGreaterThan(3_500_000);
      expect(waitMs).toBeLessThanOrEqual(3_600_000);
      expect(calls).toHaveLength(1);
    });
  },
);
