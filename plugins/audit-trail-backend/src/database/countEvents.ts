import type { Knex } from 'knex';
import { applyBounds, applyCriteria } from './applyCriteria';
import type { AuditEventCriteria } from './criteria';
import { withGroupsAbove } from './ownership';
import { ownershipInTime, type OwnershipInTime } from './ownershipInTime';
import { planText } from './planText';
import { runQuery } from './runQuery';

/**
 * Counts from the tables of owners and resources alone, which are joined no
 * further than to the end of what is to be counted. An event may belong to
 * several resources, and these to several owners, so it reads twice as many
 * rows as events are to be counted; `undefined` if even these were too few to
 * tell.
 */
async function countOwned(
  knex: Knex,
  { ownedBy, bounds }: OwnershipInTime,
  limit: number,
): Promise<number | undefined> {
  const maxRows = 2 * limit;
  const found = knex('audit_resource_owners')
    .join(
      'audit_event_resources',
      'audit_event_resources.resource_key',
      'audit_resource_owners.resource_key',
    )
    .select('event_id')
    .whereIn('owner_ref', withGroupsAbove(knex, ownedBy))
    .limit(maxRows);
  bounds.forEach(bound => applyBounds(found, 'event_id', bound));
  const [row] = await runQuery<{ rows: string; events: string }[]>(
    knex,
    knex
      .sum({ rows: 'rows' })
      .count({ events: '*' })
      .from(
        knex
          .count({ rows: '*' })
          .from(found.as('found'))
          .groupBy('event_id')
          .as('events'),
      ),
  );
  const events = Math.min(Number(row.events), limit);
  return events === limit || Number(row.rows) < maxRows ? events : undefined;
}

/** Counts events one by one. */
export async function countMatching(
  knex: Knex,
  criteria: AuditEventCriteria,
  { limit, milliseconds }: { limit: number; milliseconds?: number },
): Promise<number> {
  const matching = knex('audit_events').select(knex.raw('1'));
  applyCriteria(matching, knex, await planText(knex, criteria));
  const rows = await runQuery<{ count: number | string }[]>(
    knex,
    knex.count({ count: '*' }).from(matching.limit(limit).as('matching')),
    milliseconds,
  );
  return Number(rows[0].count);
}

/** How many events criteria choose, counted up to a limit. */
export async function countEvents(
  knex: Knex,
  criteria: AuditEventCriteria,
  limit: number,
): Promise<number> {
  const owned = ownershipInTime(criteria);
  return (
    (owned && (await countOwned(knex, owned, limit))) ??
    countMatching(knex, criteria, { limit })
  );
}
