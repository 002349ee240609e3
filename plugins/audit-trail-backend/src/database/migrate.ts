import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { dialectOf } from './dialect';

const MIGRATIONS = resolvePackagePath(
  'backstage-plugin-audit-trail-backend',
  'migrations',
);

/** Brings the schema of a database up to date. */
export async function applyMigrations(knex: Knex): Promise<void> {
  await knex.migrate.latest({ directory: MIGRATIONS });
}

/**
 * Connects to the plugin's database with the schema up to date.
 *
 * @throws `Error` if the database is not supported; nothing is created then
 */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  dialectOf(knex);
  if (!database.migrations?.skip) {
    await applyMigrations(knex);
  }
  return knex;
}
