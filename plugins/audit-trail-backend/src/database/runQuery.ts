import { ServiceUnavailableError } from '@backstage/errors';
import { knex as knexModule, type Knex } from 'knex';
import { dialectOf } from './dialect';

/** No query may hold a reader or the database longer than this. */
const QUERY_TIMEOUT_MS = 15_000;

/**
 * Runs a query that reads, within a time limit.
 *
 * @throws `ServiceUnavailableError` that says what to do if it took too long
 */
export async function runQuery<T>(
  knex: Knex,
  query: Knex.QueryBuilder,
  timeoutMs: number = QUERY_TIMEOUT_MS,
): Promise<T> {
  try {
    return (await query.timeout(timeoutMs, {
      cancel: dialectOf(knex) === 'postgres',
    })) as T;
  } catch (error) {
    if (error instanceof knexModule.KnexTimeoutError) {
      throw new ServiceUnavailableError(
        /acquiring a connection/.test(error.message)
          ? 'The database is too busy; try again later'
          : `The query took longer than ${
              timeoutMs / 1000
            } seconds and was stopped; narrow the time range or add a filter`,
      );
    }
    throw error;
  }
}
