import type { Knex } from 'knex';
import { AUDIT_EVENT_COLUMNS } from './auditEventRow';

/** Events as they are read, with the entity that stands for each one's resource. */
export function selectEvents(knex: Knex): Knex.QueryBuilder {
  return knex('audit_events')
    .select(AUDIT_EVENT_COLUMNS.map(column => `audit_events.${column}`))
    .select(
      knex('audit_resource_owners')
        .min('entity_ref')
        .where(
          'audit_resource_owners.resource_key',
          knex.ref('audit_events.resource_key'),
        )
        .as('resourceEntityRef'),
    );
}
