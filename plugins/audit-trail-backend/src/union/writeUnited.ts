import type { Knex } from 'knex';
import { toRow } from '../database/auditEventRow';
import { inChunks } from './groups';
import type { Sorted } from './Sorted';

/** Writes what was united; the events that aliases stand for are stored. */
export async function writeUnited(
  tx: Knex.Transaction,
  { united, aliases }: Pick<Sorted, 'united' | 'aliases'>,
): Promise<void> {
  for (const { before, after } of united) {
    const { id, ...columns } = toRow(after);
    const { intakes, actor_name, actor_email, actor_entity_ref } = columns;
    const { resource_name, resources, changes, severity } = columns;
    const { correlation_id, details, search_text } = columns;
    await tx('audit_events')
      .where({ id })
      .update({
        ...{
          intakes,
          actor_name,
          actor_email,
          actor_entity_ref,
          resource_name,
        },
        ...{
          resources,
          changes,
          severity,
          correlation_id,
          details,
          search_text,
        },
      });
    const keys = after.resources.filter(key => !before.resources.includes(key));
    if (keys.length > 0) {
      await tx('audit_event_resources')
        .insert(keys.map(resource_key => ({ resource_key, event_id: id })))
        .onConflict(['resource_key', 'event_id'])
        .ignore();
    }
  }
  for (const chunk of inChunks(aliases, 100)) {
    await tx('audit_event_aliases').insert(chunk).onConflict('id').ignore();
  }
}
