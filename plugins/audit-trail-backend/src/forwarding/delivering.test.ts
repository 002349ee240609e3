import type { DestinationHour } from 'backstage-plugin-audit-trail-common';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent } from '../__testUtils__/events';
import { waitUntil } from '../__testUtils__/waitUntil';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { some, sorted, TestForwarding } from './__testUtils__/TestForwarding';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();

const deliveredIn = (hours: DestinationHour[]) =>
  hours.reduce((sum, { delivered }) => sum + delivered, 0);

describe.each(databases.eachSupportedId())(
  'what destinations get on %s',
  databaseId => {
    let forwarding: TestForwarding;

    beforeEach(async () => {
      forwarding = await TestForwarding.create(databases, databaseId);
    });
    afterEach(() => forwarding.stopAll());

    it('delivers what the filter chooses, in order, and tells what became of it', async () => {
      const backend = await forwarding.start({
        filter: { harmful: true, 'not.workspace': ['own'] },
      });
      const ids = await forwarding.record(backend, some(250));
      await forwarding.record(backend, some(5, { type: 'Source Created' }));
      await waitUntil(
        'all are delivered',
        () => forwarding.receiver.ids.length === 250,
      );
      expect(forwarding.receiver.ids).toEqual(ids);
      expect(
        Math.max(...forwarding.receiver.calls.map(call => call.length)),
      ).toBe(100);

      await waitUntil('nothing waits, and all is noted', async () => {
        const { pending, ...now } = await forwarding.status(backend);
        return pending === 0 && deliveredIn(now.hours) === 250;
      });
      const { hours, lastSuccessAt, ...shown } = await forwarding.status(
        backend,
      );
      expect(shown).toEqual({
        id: 'data',
        type: 'recording',
        title: 'Data',
        enabled: true,
        paused: false,
        filter: { harmful: true, not: { workspaces: ['own'] } },
        holdFailuresMinutes: 0,
        state: 'working',
        pending: 0,
        pendingCapped: false,
        lagSeconds: 0,
        deadLetters: 0,
      });
      expect(hours).toHaveLength(24);
      expect(Date.parse(lastSuccessAt!)).toBeGreaterThan(Date.now() - 60_000);

      const { body } = await forwarding.ask(
        backend,
        'get',
        `/deliveries?eventId=${ids[0]}`,
      );
      expect(body.items).toMatchObject([
        {
          destinationId: 'data',
          eventId: ids[0],
          state: 'delivered',
          attempts: 0,
          event: { id: ids[0], type: 'warehouse.disabled' },
        },
      ]);
      const first = await forwarding.ask(
        backend,
        'get',
        '/deliveries?limit=100',
      );
      const second = await forwarding.ask(
        backend,
        'get',
        `/deliveries?limit=100&cursor=${first.body.pageInfo.nextCursor}`,
      );
      expect(
        [...first.body.items, ...second.body.items].map(
          (item: { eventId: string }) => item.eventId,
        ),
      ).toEqual([...ids].reverse().slice(0, 200));
    });

    it('leaves out what the forwarder skips, and who looked at the trail', async () => {
      const backend = await forwarding.start({
        filter: { 'not.type': 'audit-trail.viewed' },
      });
      const [own] = await forwarding.record(backend, [{ workspace: 'own' }]);
      const [other] = await forwarding.record(backend, [{}]);
      await waitUntil(
        'it is delivered',
        () => forwarding.receiver.ids.length > 0,
      );
      await forwarding.ask(backend, 'get', '/events').expect(200);
      await waitUntil('both are done', async () => {
        const { pending } = await forwarding.status(backend);
        return pending === 0;
      });
      expect(await forwarding.states()).toEqual({
        [own]: ['skipped', 'Caused by forwarding'],
        [other]: ['delivered', null],
      });
    });

    it('sends earlier events from a moment on, once each', async () => {
      const earlier = Array.from({ length: 2_300 }, () => auditEvent());
      await DatabaseAuditEventsStore.create({ knex: forwarding.knex }).append(
        earlier,
      );
      const backend = await forwarding.start({}, { maxEvents: 1_000 });
      const recent = await forwarding.record(backend, some(2));
      await waitUntil(
        'only new ones are sent',
        () => forwarding.receiver.ids.length === 2,
      );
      expect(forwarding.receiver.ids).toEqual(recent);

      const from = earlier[100].occurredAt;
      await forwarding
        .ask(backend, 'patch', '/destinations/data')
        .send({ backfillFrom: from })
        .expect(200);
      await waitUntil(
        'the earlier ones are sent',
        () => forwarding.receiver.ids.length >= 2_202,
      );
      await waitUntil('it is over', async () => {
        const { backfill, pending } = await forwarding.status(backend);
        return backfill === undefined && pending === 0;
      });
      expect(sorted(forwarding.receiver.ids)).toEqual(
        sorted([...recent, ...earlier.slice(100).map(({ id }) => id)]),
      );
    });

    it('does not send a failed run that succeeds meanwhile', async () => {
      const backend = await forwarding.start({ holdFailuresMinutes: 10 });
      const run = (type: string, resource: string, minute: number) => ({
        type,
        resource: { key: `segment:warehouse:${resource}` },
        occurredAt: `2026-06-01T00:0${minute}:00Z`,
      });
      const [mended, broken] = await forwarding.record(backend, [
        run('Warehouse Run Failed', 'mended', 1),
        run('Warehouse Run Failed', 'broken', 2),
      ]);
      const [success] = await forwarding.record(backend, [
        run('Warehouse Run Succeeded', 'mended', 3),
      ]);
      await waitUntil(
        'the success is sent',
        () => forwarding.receiver.ids.length === 1,
      );
      expect(forwarding.receiver.ids).toEqual([success]);
      // Ten minutes later.
      await forwarding
        .knex('audit_deliveries')
        .where({ state: 'pending' })
        .update({ at: new Date(Date.now() - 1) });
      await waitUntil(
        'the failure that stays is sent',
        () => forwarding.receiver.ids.length === 2,
      );
      expect(forwarding.receiver.ids).toEqual([success, broken]);
      expect((await forwarding.states())[mended]).toEqual([
        'skipped',
        'A run succeeded at 2026-06-01T00:03:00.000Z',
      ]);
    });

    it('leaves no delivery of an append that is undone', async () => {
      await forwarding.start();
      const store = DatabaseAuditEventsStore.create({
        knex: forwarding.knex,
        listener: {
          appending: async (tx, [event]) => {
            await tx('audit_deliveries').insert({
              destination_id: 'data',
              event_id: event.id,
              state: 'pending',
              queued_at: new Date(),
              at: new Date(),
              attempts: 0,
            });
            throw new Error('undone');
          },
          appended: jest.fn(),
        },
      });
      await expect(store.append([auditEvent()])).rejects.toMatchObject({
        message: 'undone',
      });
      expect(await forwarding.knex('audit_deliveries')).toEqual([]);
      expect(await forwarding.knex('audit_events')).toEqual([]);
    });
  },
);
