import type { Knex } from 'knex';
import { catalogueLabel } from '../../exporting/exportValues';

/**
 * Labels, by type, of the stored types that are in the catalogue of activities,
 * as JSON. On PostgreSQL.
 */
export async function catalogueLabels(knex: Knex): Promise<string> {
  // One look into the index for each type, instead of one at each event.
  const { rows } = await knex.raw(
    `with recursive types (type) as (
       (select type from audit_events order by type limit 1)
       union all
       select (
         select audit_events.type from audit_events
         where audit_events.type > types.type
         order by audit_events.type limit 1
       ) from types where types.type is not null
     )
     select type from types where type is not null`,
  );
  return JSON.stringify(
    Object.fromEntries(
      rows.map(({ type }: { type: string }) => [type, catalogueLabel(type)]),
    ),
  );
}
