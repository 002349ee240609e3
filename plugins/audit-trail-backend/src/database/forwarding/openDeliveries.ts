import type { DeliveryState } from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';

/** States of deliveries that something is still to be done about. */
export type OpenState = Extract<DeliveryState, 'pending' | 'dead'>;

/**
 * Narrows deliveries to those that are open, by the index that has them in the
 * order of events.
 *
 * @remarks
 *
 * How much waits changes from nothing to hundreds of thousands and back sooner
 * than PostgreSQL counts, and is not the same for each destination. By what it
 * believes, it would pass over all that was delivered in search of a few that
 * wait, or sort all that waits to have the first few. So the state is asked for
 * by an expression that it knows nothing of, and so takes for rare, and which
 * each index has as its condition in a spelling of its own.
 */
export function whereOpen<T extends Knex.QueryBuilder>(
  query: T,
  state: OpenState,
): T {
  return query.whereRaw(`state || '' = '${state}'`) as T;
}

/** Narrows deliveries to what waits, by the index that has it by its time. */
export function whereWaiting<T extends Knex.QueryBuilder>(query: T): T {
  return query.whereRaw(`'' || state = 'pending'`) as T;
}

/**
 * The first deliveries in the order of events. For a limit that PostgreSQL does
 * not know beforehand it reads an index in its order, and sorts nothing.
 */
export function firstByEvent<T extends Knex.QueryBuilder>(
  query: T,
  limit: number,
): T {
  return query.orderByRaw('event_id limit (select cast(? as integer))', [
    limit,
  ]) as T;
}
