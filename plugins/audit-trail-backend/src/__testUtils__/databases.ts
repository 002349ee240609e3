import {
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { applyMigrations } from '../database/migrate';

/** Fresh databases of each kind that the store works on. */
export class TestTrailDatabases {
  readonly #databases = TestDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  eachSupportedId(): [TestDatabaseId][] {
    return this.#databases.eachSupportedId();
  }

  /** An empty database with the schema up to date. */
  async init(id: TestDatabaseId): Promise<Knex> {
    const knex = await this.#databases.init(id);
    await applyMigrations(knex);
    return knex;
  }
}
