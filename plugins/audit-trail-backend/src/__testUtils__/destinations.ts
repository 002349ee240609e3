import type { AuditEventFilter } from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
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
