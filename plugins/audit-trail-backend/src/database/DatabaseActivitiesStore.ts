import type { Activity } from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';

/** An activity that a plugin or service has described. */
export interface RegisteredActivity extends Omit<Activity, 'aliases'> {
  /** Who described it. */
  source: string;
  /** Name of its area, if that is none of the catalogue. */
  categoryLabel?: string;
}

interface ActivityRow {
  id: string;
  source: string;
  label: string;
  category: string;
  category_label: string | null;
  verb: string;
  /** 0 or 1 on SQLite. */
  harmful: boolean | 0 | 1;
}

const fromRow = (row: ActivityRow): RegisteredActivity => ({
  id: row.id,
  source: row.source,
  label: row.label,
  category: row.category,
  categoryLabel: row.category_label ?? undefined,
  verb: row.verb,
  harmful: Boolean(row.harmful),
});

/** Keeps the activities that plugins and services have described. */
export class DatabaseActivitiesStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseActivitiesStore {
    return new DatabaseActivitiesStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** All of them, in the order of their ids. */
  async list(): Promise<RegisteredActivity[]> {
    const rows = await this.#knex<ActivityRow>('audit_activities').orderBy(
      'id',
    );
    return rows.map(fromRow);
  }

  /** Those with some ids, in no order. */
  async find(ids: string[]): Promise<RegisteredActivity[]> {
    const rows = await this.#knex<ActivityRow>('audit_activities').whereIn(
      'id',
      ids,
    );
    return rows.map(fromRow);
  }

  /** How many a source has described, beside those with some ids. */
  async countOthers(source: string, ids: string[]): Promise<number> {
    const [{ count }] = await this.#knex('audit_activities')
      .where({ source })
      .whereNotIn('id', ids)
      .count({ count: '*' });
    return Number(count);
  }

  /**
   * Adds activities of one source, or describes them anew. Those of other
   * sources stay as they are.
   *
   * @returns ids that belong to another source
   */
  async save(activities: RegisteredActivity[]): Promise<string[]> {
    if (activities.length === 0) {
      return [];
    }
    // In the order of ids, so that replicas that start at once wait for each
    // other instead of running into a deadlock.
    const rows = [...activities]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ categoryLabel, ...rest }) => ({
        ...rest,
        category_label: categoryLabel ?? null,
      }));
    const saved: { id: string }[] = await this.#knex('audit_activities')
      .insert(rows)
      .onConflict('id')
      .merge()
      .where('audit_activities.source', rows[0].source)
      .returning('id');
    const ids = new Set(saved.map(({ id }) => id));
    return rows.map(({ id }) => id).filter(id => !ids.has(id));
  }
}
