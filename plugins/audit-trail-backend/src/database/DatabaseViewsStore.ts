import type { Knex } from 'knex';

/** Somebody's look at something. */
export interface View {
  /** The same for the same look of the same user. */
  key: string;
  userRef: string;
}

/** A look as all replicas know it. */
export interface KnownView {
  /** When it began. */
  viewedAt: Date;
  /** Whether the trail has its event. */
  recorded: boolean;
}

interface ViewRow {
  key: string;
  user_ref: string;
  /** A `Date` on PostgreSQL, milliseconds since 1970 on SQLite. */
  viewed_at: Date | number;
  /** 0 or 1 on SQLite. */
  recorded: boolean | 0 | 1;
}

const fromRow = (row: ViewRow): KnownView => ({
  viewedAt: new Date(row.viewed_at),
  recorded: Boolean(row.recorded),
});

/** Keeps who looked at what a short while ago. */
export class DatabaseViewsStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseViewsStore {
    return new DatabaseViewsStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** A look that began after a time, if there is one. */
  async find(key: string, after: Date): Promise<KnownView | undefined> {
    const row: ViewRow | undefined = await this.#knex('audit_views')
      .where({ key })
      .where('viewed_at', '>', after)
      .first();
    return row && fromRow(row);
  }

  /** How many different things somebody has looked at after a time. */
  async countOf(userRef: string, after: Date): Promise<number> {
    const [{ count }] = await this.#knex('audit_views')
      .where({ user_ref: userRef })
      .where('viewed_at', '>', after)
      .count({ count: '*' });
    return Number(count);
  }

  /**
   * Begins a look, unless it began after a time already. Replicas that do so at
   * once get the same answer.
   */
  async begin(
    view: View,
    times: { now: Date; after: Date },
  ): Promise<KnownView> {
    const { now, after } = times;
    const unlessOver = (column: string, over: string) =>
      this.#knex.raw(
        `case when audit_views.viewed_at > ? then audit_views.${column} else ${over} end`,
        [after],
      );
    const [row]: ViewRow[] = await this.#knex('audit_views')
      .insert({
        key: view.key,
        user_ref: view.userRef,
        viewed_at: now,
        recorded: false,
      })
      .onConflict('key')
      .merge({
        viewed_at: unlessOver('viewed_at', 'excluded.viewed_at'),
        recorded: unlessOver('recorded', 'excluded.recorded'),
      })
      .returning(['key', 'user_ref', 'viewed_at', 'recorded']);
    return fromRow(row);
  }

  /** Remembers that the trail has the event of a look. */
  async markRecorded(key: string, viewedAt: Date): Promise<void> {
    await this.#knex('audit_views')
      .where({ key, viewed_at: viewedAt })
      .update({ recorded: true });
  }

  /** Forgets what began at a time or before. */
  async forget(until: Date): Promise<void> {
    await this.#knex('audit_views').where('viewed_at', '<=', until).delete();
  }
}
