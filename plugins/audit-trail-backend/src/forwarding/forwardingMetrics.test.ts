import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent } from '../__testUtils__/events';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { DatabaseDeliveriesStore } from '../database/forwarding/DatabaseDeliveriesStore';
import { observeBacklog } from './ForwardingMetrics';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();

describe.each(databases.eachSupportedId())(
  'metrics of forwarding on %s',
  databaseId => {
    it('tell how much waits for each destination, and for how long', async () => {
      const knex = await databases.init(databaseId);
      const events = Array.from({ length: 3 }, () => auditEvent());
      await DatabaseAuditEventsStore.create({ knex }).append(events);
      const minuteAgo = new Date(Date.now() - 60_000);
      await knex('audit_deliveries').insert(
        ['pending', 'pending', 'dead'].map((state, n) => ({
          destination_id: 'data',
          event_id: events[n].id,
          state,
          queued_at: minuteAgo,
          at: minuteAgo,
          attempts: 0,
        })),
      );
      const observed: Record<string, Record<string, number>> = {};
      const collecting: Promise<void>[] = [];
      observeBacklog({
        deliveries: DatabaseDeliveriesStore.create({ knex }),
        destinationIds: ['data', 'idle'],
        metrics: {
          createObservableGauge: (name: string) => ({
            addCallback: (collect: (result: object) => Promise<void>) => {
              const observe = (
                value: number,
                attributes: { destination: string },
              ) => {
                observed[name] ??= {};
                observed[name][attributes.destination] = value;
              };
              collecting.push(collect({ observe }));
            },
          }),
        } as never,
      });
      await Promise.all(collecting);
      expect(observed).toEqual({
        'audit_trail.forwarding.pending': { data: 2, idle: 0 },
        'audit_trail.forwarding.lag': { data: expect.any(Number), idle: 0 },
        'audit_trail.forwarding.dead_letters': { data: 1, idle: 0 },
      });
      expect(observed['audit_trail.forwarding.lag'].data).toBeGreaterThan(59);
    });
  },
);
