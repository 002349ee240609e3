import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { SavedView } from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { dialectOf } from './dialect';

/** A view as it stands in the database. */
export interface StoredView extends Omit<SavedView, 'shared'> {
  /** The user whose own it is; `undefined` if it is shared. */
  ownerRef?: string;
}

interface ViewRow {
  id: string;
  owner_ref: string;
  name: string;
  query: string;
  version: number;
  created_by: string;
  created_at: Date | number;
  updated_by: string;
  updated_at: Date | number;
}

/** Stands for no one in particular. */
const SHARED = '';

const fromRow = (row: ViewRow): StoredView => ({
  id: row.id,
  ownerRef: row.owner_ref || undefined,
  name: row.name,
  query: row.query,
  version: row.version,
  createdBy: row.created_by,
  createdAt: new Date(row.created_at).toISOString(),
  updatedBy: row.updated_by,
  updatedAt: new Date(row.updated_at).toISOString(),
});

const toColumns = (view: StoredView) => ({
  owner_ref: view.ownerRef ?? SHARED,
  name: view.name,
  name_key: view.name.normalize('NFKC').toLowerCase(),
  query: view.query,
  version: view.version,
  created_by: view.createdBy,
  created_at: new Date(view.createdAt),
  updated_by: view.updatedBy,
  updated_at: new Date(view.updatedAt),
});

/** Keeps saved views. */
export class DatabaseSavedViewsStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseSavedViewsStore {
    return new DatabaseSavedViewsStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Somebody's own views, or all shared ones, by name. */
  async list(ownerRef: string | undefined): Promise<StoredView[]> {
    const rows: ViewRow[] = await this.#knex('audit_saved_views')
      .where({ owner_ref: ownerRef ?? SHARED })
      .orderBy('name_key');
    return rows.map(fromRow);
  }

  /** One view. */
  async get(id: string): Promise<StoredView | undefined> {
    const row = await this.#knex('audit_saved_views').where({ id }).first();
    return row && fromRow(row);
  }

  /**
   * Adds a view to those of its owner.
   *
   * @throws `ConflictError` if its name is taken, or there are `max` already
   */
  async add(view: StoredView, max: number): Promise<void> {
    await this.#change(view, max, tx =>
      tx('audit_saved_views').insert({ id: view.id, ...toColumns(view) }),
    );
  }

  /**
   * Puts a view in the place of its version before.
   *
   * @param max - views that its owner may have, if it is another's from now on
   * @returns whether that was the version before
   * @throws `ConflictError` if its name is taken, or there are `max` already
   */
  async replace(view: StoredView, max?: number): Promise<boolean> {
    return this.#change(view, max, async tx => {
      const replaced = await tx('audit_saved_views')
        .where({ id: view.id, version: view.version - 1 })
        .update(toColumns(view));
      return replaced > 0;
    });
  }

  /** Deletes a version of a view; tells whether it was that one. */
  async delete(id: string, version: number): Promise<boolean> {
    const deleted = await this.#knex('audit_saved_views')
      .where({ id, version })
      .delete();
    return deleted > 0;
  }

  async #change<T>(
    view: StoredView,
    max: number | undefined,
    change: (tx: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    const owner_ref = view.ownerRef ?? SHARED;
    try {
      return await this.#knex.transaction(async tx => {
        if (max !== undefined) {
          if (dialectOf(tx) === 'postgres') {
            // So that those who come at once are counted one after the other.
            await tx.raw(
              `select pg_advisory_xact_lock(hashtext('audit_saved_views'), hashtext(?))`,
              [owner_ref],
            );
          }
          const [{ count }] = await tx('audit_saved_views')
            .where({ owner_ref })
            .count({ count: '*' });
          if (Number(count) >= max) {
            throw new ConflictError(
              `There are ${max} ${
                view.ownerRef ? 'views of yours' : 'shared views'
              } already, which is the most; delete one first`,
            );
          }
        }
        return change(tx);
      });
    } catch (error) {
      if (isDatabaseConflictError(error)) {
        throw new ConflictError(
          `name: there is a ${
            view.ownerRef ? 'view of yours' : 'shared view'
          } named "${view.name}" already`,
        );
      }
      throw error;
    }
  }
}
