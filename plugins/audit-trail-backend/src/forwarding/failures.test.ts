import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import {
  DeliveryRejectedError,
  DeliveryRetryError,
  DestinationGoneError,
} from 'backstage-plugin-audit-trail-node';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { waitUntil } from '../__testUtils__/waitUntil';
import { some, sorted, TestForwarding } from './__testUtils__/TestForwarding';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();

describe.each(databases.eachSupportedId())(
  'destinations that fail on %s',
  databaseId => {
    let forwarding: TestForwarding;

    beforeEach(async () => {
      forwarding = await TestForwarding.create(databases, databaseId);
    });
    afterEach(() => forwarding.stopAll());

    it('gives up the one event that is refused, and sends it when asked to', async () => {
      const backend = await forwarding.start();
      let poison: AuditEvent | undefined;
      forwarding.receiver.answer = events => {
        poison = events.find(event => event.workspace === 'poison');
        if (poison) {
          throw new DeliveryRejectedError('400: too\r\nlarge');
        }
      };
      const ids = await forwarding.record(backend, [
        ...some(60),
        { workspace: 'poison' },
        ...some(60),
      ]);
      await waitUntil('the others are delivered', async () => {
        return (
          forwarding.receiver.ids.length === 120 &&
          (await forwarding.status(backend)).pending === 0
        );
      });
      expect(await forwarding.status(backend)).toMatchObject({
        state: 'working',
        deadLetters: 1,
        lastError: '400: too large',
      });
      const { body } = await forwarding.ask(
        backend,
        'get',
        '/deliveries?destination=data&state=dead',
      );
      expect(body.items).toMatchObject([
        { eventId: ids[60], state: 'dead', error: '400: too large' },
      ]);

      forwarding.receiver.answer = undefined;
      const redrive = (what: object) =>
        forwarding.ask(backend, 'post', '/deliveries/redrive').send({
          destination: 'data',
          ...what,
        });
      const none = await redrive({ filter: { workspaces: ['ws1'] } });
      expect(none.body).toEqual({ redriven: 0 });
      expect((await redrive({ eventIds: [ids[60]] })).body).toEqual({
        redriven: 1,
      });
      await waitUntil(
        'it is delivered too',
        () => forwarding.receiver.ids.length === 121,
      );
      expect(sorted(forwarding.receiver.ids)).toEqual(sorted(ids));
    });

    it('gives up nothing while a destination refuses everything', async () => {
      const backend = await forwarding.start();
      forwarding.receiver.answer = () => {
        throw new DeliveryRejectedError('404 Not Found');
      };
      const ids = await forwarding.record(backend, some(40));
      await waitUntil(
        'it is taken for a fault of the destination',
        async () => {
          return (await forwarding.status(backend)).state === 'failing';
        },
      );
      forwarding.receiver.answer = undefined;
      await waitUntil(
        'the others are delivered',
        () => forwarding.receiver.ids.length === 30,
      );
      expect((await forwarding.status(backend)).deadLetters).toBe(10);
      await forwarding.ask(backend, 'post', '/deliveries/redrive').send({
        destination: 'data',
      });
      await waitUntil(
        'all are delivered',
        () => forwarding.receiver.ids.length === 40,
      );
      expect(sorted(forwarding.receiver.ids)).toEqual(sorted(ids));
    });

    it('goes on around an event that fails alone, until its time is over', async () => {
      const backend = await forwarding.start({
        giveUpAfter: { milliseconds: 1 },
      });
      forwarding.receiver.answer = events => {
        if (events.some(event => event.workspace === 'poison')) {
          throw new DeliveryRetryError('500');
        }
      };
      const ids = await forwarding.record(backend, [
        ...some(20),
        { workspace: 'poison' },
        ...some(20),
      ]);
      await waitUntil(
        'the others are delivered',
        () => forwarding.receiver.ids.length === 40,
        60,
      );
      await waitUntil('it is given up', async () => {
        return (await forwarding.status(backend)).deadLetters === 1;
      });
      expect((await forwarding.states())[ids[20]]).toEqual(['dead', '500']);
    });

    it('goes on around events that fail alone at the head of the queue', async () => {
      const backend = await forwarding.start();
      forwarding.receiver.answer = events => {
        if (events.some(event => event.workspace === 'poison')) {
          throw new DeliveryRetryError('500');
        }
      };
      const minute = (at: number) => `2026-06-01T00:0${at}:00Z`;
      const ids = await forwarding.record(backend, [
        { workspace: 'poison', occurredAt: minute(1) },
        { workspace: 'poison', occurredAt: minute(2) },
        ...some(20, { occurredAt: minute(3) }),
      ]);
      await waitUntil(
        'the others are delivered',
        () => forwarding.receiver.ids.length === 20,
        60,
      );
      expect(await forwarding.status(backend)).toMatchObject({
        pending: 2,
        deadLetters: 0,
      });
      forwarding.receiver.answer = undefined;
      await waitUntil(
        'they are delivered when it bears them',
        () => forwarding.receiver.ids.length === 22,
        60,
      );
      expect(sorted(forwarding.receiver.ids)).toEqual(sorted(ids));
    });

    it('keeps everything while a destination is away, and honours Retry-After', async () => {
      const backend = await forwarding.start();
      const calls: number[] = [];
      forwarding.receiver.answer = () => {
        calls.push(Date.now());
        if (calls.length === 1) {
          throw new DeliveryRetryError('429', { retryAfterMs: 3_000 });
        }
        if (calls.length < 4) {
          throw new Error('socket hang up');
        }
      };
      const ids = await forwarding.record(backend, some(150));
      await waitUntil('it is known to fail', async () => {
        const { state, lastError, retryAt } = await forwarding.status(backend);
        return state === 'failing' && lastError === '429' && Boolean(retryAt);
      });
      await waitUntil(
        'all are delivered',
        () => forwarding.receiver.ids.length === 150,
        60,
      );
      expect(calls[1] - calls[0]).toBeGreaterThanOrEqual(3_000);
      expect(sorted(forwarding.receiver.ids)).toEqual(sorted(ids));
      await waitUntil('all is well', async () => {
        const { state, deadLetters } = await forwarding.status(backend);
        return state === 'working' && deadLetters === 0;
      });
    });

    it('stops at a destination that wants no more, and keeps its queue', async () => {
      const backend = await forwarding.start();
      forwarding.receiver.answer = () => {
        throw new DestinationGoneError('410 Gone');
      };
      const ids = await forwarding.record(backend, some(5));
      await waitUntil('it is known to be gone', async () => {
        return (await forwarding.status(backend)).state === 'gone';
      });
      await waitUntil('the trail says so', async () => {
        const { body } = await forwarding.ask(
          backend,
          'get',
          '/events?type=audit-trail.destination-failed',
        );
        return body.totalItems === 1;
      });
      const told = () =>
        forwarding.send.mock.calls.map(([{ recipients, payload }]) => [
          recipients,
          payload.title,
          payload.severity,
        ]);
      const owners = { type: 'entity', entityRef: ['group:default/owners'] };
      await waitUntil('the Owners are told', () => told().length === 1);
      forwarding.receiver.answer = undefined;
      expect(forwarding.receiver.ids).toEqual([]);
      await forwarding
        .ask(backend, 'patch', '/destinations/data')
        .send({ enabled: true });
      await waitUntil('all are delivered', () =>
        ids.every(id => forwarding.receiver.ids.includes(id)),
      );
      await waitUntil('the Owners are told again', () => told().length === 2);
      expect(told()).toEqual([
        [owners, 'The Audit Trail no longer reaches Data', 'high'],
        [owners, 'The Audit Trail reaches Data again', 'normal'],
      ]);
    });

    it('tells the Owners of a destination that fails for minutes, once', async () => {
      const backend = await forwarding.start();
      forwarding.receiver.answer = () => {
        throw new DeliveryRetryError('503');
      };
      await forwarding.record(backend, some(20));
      await waitUntil('it fails', async () => {
        return (await forwarding.status(backend)).state === 'failing';
      });
      expect(forwarding.send).not.toHaveBeenCalled();
      await forwarding.knex('audit_destination_status').update({
        failing_since: new Date(Date.now() - 6 * 60_000),
      });
      await waitUntil(
        'they are told',
        () => forwarding.send.mock.calls.length === 1,
      );
      forwarding.receiver.answer = undefined;
      await waitUntil(
        'it works again',
        () => forwarding.receiver.ids.length === 20,
        60,
      );
      await waitUntil(
        'they are told',
        () => forwarding.send.mock.calls.length === 2,
      );
      const { body } = await forwarding.ask(
        backend,
        'get',
        '/events?type=audit-trail.destination-failed&type=audit-trail.destination-recovered',
      );
      expect(body.totalItems).toBe(2);
    });
  },
);
