import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { startTrailBackend } from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent } from '../__testUtils__/events';
import {
  RecordingDestination,
  recordingModule,
} from '../__testUtils__/recordingForwarder';
import { waitUntil } from '../__testUtils__/waitUntil';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { some, TestForwarding } from './__testUtils__/TestForwarding';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();

describe('a transaction that commits late', () => {
  // SQLite has one writer at a time.
  it.each(databases.eachSupportedId().filter(([id]) => id !== 'SQLITE_3'))(
    'is forwarded, and holds nothing up meanwhile, on %s',
    async databaseId => {
      const knex = await databases.init(databaseId);
      const receiver = new RecordingDestination();
      const backend = await startTrailBackend({
        knex,
        features: [recordingModule({ data: receiver })],
        config: {
          app: { baseUrl: 'https://portal.example.com' },
          auditTrail: {
            forwarding: { destinations: { data: { type: 'recording' } } },
          },
        },
      });
      const late = auditEvent();
      const prompt = auditEvent();
      const deliver = async (tx: Knex, { id }: AuditEvent) => {
        await tx('audit_deliveries').insert({
          destination_id: 'data',
          event_id: id,
          state: 'pending',
          queued_at: new Date(),
          at: new Date(),
          attempts: 0,
        });
      };
      let commit = () => {};
      const held = new Promise<void>(resolve => {
        commit = resolve;
      });
      let begun = () => {};
      const isBegun = new Promise<void>(resolve => {
        begun = resolve;
      });
      const slow = DatabaseAuditEventsStore.create({
        knex,
        listener: {
          appending: async (tx, [event]) => {
            await deliver(tx, event);
            begun();
            await held;
          },
          appended: jest.fn(),
        },
      }).append([late]);
      await isBegun;
      await DatabaseAuditEventsStore.create({
        knex,
        listener: {
          appending: (tx, [event]) => deliver(tx, event),
          appended: jest.fn(),
        },
      }).append([prompt]);
      await waitUntil('the later one is sent', () => receiver.ids.length === 1);
      expect(receiver.ids).toEqual([prompt.id]);
      commit();
      await slow;
      await waitUntil('the late one is sent', () => receiver.ids.length === 2);
      expect(receiver.ids).toEqual([prompt.id, late.id]);
      await backend.stop();
    },
  );
});

describe.each(databases.eachSupportedId().filter(([id]) => id !== 'SQLITE_3'))(
  'transactions on %s',
  databaseId => {
    let forwarding: TestForwarding;

    beforeEach(async () => {
      forwarding = await TestForwarding.create(databases, databaseId);
    });
    afterEach(() => forwarding.stopAll());

    it('of somebody else that stay open hold nothing up', async () => {
      const { knex, receiver } = forwarding;
      const foreign = await knex.transaction();
      try {
        // It has a number and sees the trail as it was.
        await foreign.raw('create table foreign_work (id int)');
        await foreign('audit_events').count();
        const backend = await forwarding.start();
        const ids = await forwarding.record(backend, some(250));
        await waitUntil('all are delivered', () => receiver.ids.length === 250);
        expect(receiver.ids).toEqual(ids);
        await waitUntil(
          'all are acknowledged',
          async () => (await forwarding.status(backend)).pending === 0,
        );
      } finally {
        await foreign.rollback();
      }
    });

    it('of the forwarder are over before a destination is called', async () => {
      const { knex, receiver } = forwarding;
      const backend = await forwarding.start();
      let release = () => {};
      receiver.answer = () =>
        new Promise<void>(resolve => {
          release = resolve;
        });
      await forwarding.record(backend, some(5));
      await waitUntil('it is called', async () => {
        const { pending } = await forwarding.status(backend);
        return pending === 5;
      });
      // Whatever else is under way comes to its end meanwhile.
      await new Promise(resolve => setTimeout(resolve, 1_000));
      const { rows } = await knex.raw(
        `select state, query from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()
           and xact_start < clock_timestamp() - interval '500 milliseconds'`,
      );
      expect(rows).toEqual([]);
      receiver.answer = undefined;
      release();
      await waitUntil('all are delivered', () => receiver.ids.length === 5);
    });
  },
);
