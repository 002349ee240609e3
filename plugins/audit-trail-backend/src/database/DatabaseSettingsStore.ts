import type { Knex } from 'knex';

/** What all replicas of the backend share. */
export class DatabaseSettingsStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseSettingsStore {
    return new DatabaseSettingsStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * The value of a setting, set to `initial` if it has none yet. Replicas that
   * ask at once get the same answer.
   */
  async getOrCreate(name: string, initial: string): Promise<string> {
    await this.#knex('audit_settings')
      .insert({ name, value: initial })
      .onConflict('name')
      .ignore();
    const row = await this.#knex('audit_settings').where({ name }).first();
    return row.value;
  }
}
