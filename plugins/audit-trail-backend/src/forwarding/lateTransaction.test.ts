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
