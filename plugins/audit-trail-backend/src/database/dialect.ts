import type { Knex } from 'knex';

/** Databases the store works on. */
export type Dialect = 'postgres' | 'sqlite';

/**
 * The database behind a connection.
 *
 * @throws `Error` for any that is not supported
 */
export function dialectOf(knex: Knex): Dialect {
  const client: unknown = knex.client.config.client;
  switch (client) {
    case 'pg':
      return 'postgres';
    case 'better-sqlite3':
    case 'sqlite3':
      return 'sqlite';
    default:
      throw new Error(
        `The Audit Trail does not work on the database client "${client}". Use PostgreSQL (pg), or better-sqlite3 for development; to keep the other plugins where they are, configure backend.database.plugin.audit-trail`,
      );
  }
}
