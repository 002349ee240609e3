import type { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { auditEvent } from '../../__testUtils__/events';
import { DatabaseAuditEventsStore } from '../../database/DatabaseAuditEventsStore';
import { DatabaseRetentionStore } from '../../database/DatabaseRetentionStore';
import type { IngestService } from '../../ingest/IngestService';
import { normaliseEvent, type EventOrigin } from '../../ingest/normaliseEvent';
import { Pruner } from '../Pruner';
import type { Retention } from '../readRetention';

export const DAY_MS = 24 * 60 * 60 * 1000;

/** Events that happened some days ago, a second apart. */
export function eventsOf(count: number, days: number): AuditEvent[] {
  return Array.from({ length: count }, (_, at) =>
    auditEvent({
      occurredAt: new Date(
        Date.now() - days * DAY_MS + at * 1000,
      ).toISOString(),
      resources: ['segment:source:s1'],
    }),
  );
}

/** A row of the table of deliveries. */
export const deliveryRow = (
  event: AuditEvent,
  destination: string,
  state: string,
) => ({
  destination_id: destination,
  event_id: event.id,
  state,
  queued_at: new Date(),
  at: new Date(),
  attempts: 0,
});

/** The ids of all events that are there, in order. */
export async function storedIds(knex: Knex): Promise<string[]> {
  return knex('audit_events').orderBy('id').pluck('id');
}

/** A pruner with the destinations `siem` and `slack`; of 90 days, unless told otherwise. */
export function createTestPruner(options: {
  knex: Knex;
  retention?: Retention;
  logger?: LoggerService;
  /** Called with how many are gone by each step. */
  onPruned?(count: number): void;
  /** Called before the event of a prune is stored. */
  beforeIngest?(): void;
}): Pruner {
  const { knex, retention = { maxAgeMs: 90 * DAY_MS } } = options;
  const store = DatabaseAuditEventsStore.create({ knex });
  return Pruner.create({
    destinationIds: ['siem', 'slack'],
    // Stores what it is given, as it does for everybody.
    ingest: {
      async ingest(request: {
        events: { event: never }[];
        origin: EventOrigin;
      }) {
        options.beforeIngest?.();
        await store.append(
          request.events.map(({ event }) =>
            normaliseEvent(event, request.origin, new Date()),
          ),
        );
      },
    } as unknown as IngestService,
    logger: options.logger ?? mockServices.logger.mock(),
    pruned: { add: count => options.onPruned?.(count) },
    retention,
    store: DatabaseRetentionStore.create({ knex }),
  });
}
