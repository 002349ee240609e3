import type { Knex } from 'knex';
import { dialectOf } from './dialect';

/**
 * Narrows a query to rows with one of some values in a column. PostgreSQL takes
 * all of them as one parameter: of a thousand, each costs both sides some work.
 */
export function whereOneOf(
  knex: Knex,
  query: Knex.QueryBuilder,
  { column, type, values }: { column: string; type: string; values: string[] },
): Knex.QueryBuilder {
  return dialectOf(knex) === 'postgres'
    ? query.whereRaw(`?? = any(?::${type}[])`, [column, values])
    : query.whereIn(column, values);
}
