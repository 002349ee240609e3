import type { AuditEventFilter } from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { DatabaseDeliveryQueue } from '../database/forwarding/DatabaseDeliveryQueue';
import { DatabaseDestinationsStore } from '../database/forwarding/DatabaseDestinationsStore';

/** Adds a destination that is on; one with all events unless told otherwise. */
export async function addDestination(
  knex: Knex,
  id: string,
  filter: AuditEventFilter = {},
): Promise<void> {
  await DatabaseDestinationsStore.create({ knex }).ensure(id, {
    enabled: true,
    paused: false,
    filter,
    holdFailuresMinutes: 0,
  });
}

/** Queues events for a destination, which are due at once. */
export async function queueFor(
  knex: Knex,
  destinationId: string,
  eventIds: string[],
): Promise<void> {
  await knex.transaction(tx =>
    DatabaseDeliveryQueue.create({ knex }).add(
      tx,
      eventIds.map(eventId => ({ destinationId, eventId, dueAt: new Date() })),
    ),
  );
}
