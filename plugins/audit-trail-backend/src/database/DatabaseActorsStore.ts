import type { KnownActor } from 'backstage-plugin-audit-trail-node';
import type { Knex } from 'knex';

/** Rows a statement. */
const ROWS = 200;

interface ActorRow {
  source: string;
  actor_id: string;
  name: string | null;
  email: string | null;
}

/** Keeps who acts in a source, also when the source has forgotten them. */
export class DatabaseActorsStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseActorsStore {
    return new DatabaseActorsStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Keeps actors of a source, as it tells of them now. */
  async put(source: string, actors: readonly KnownActor[]): Promise<void> {
    const seen_at = new Date();
    const byId = new Map(actors.map(actor => [actor.id, actor]));
    const rows = [...byId.values()].map(({ id, name, email }) => ({
      source,
      actor_id: id,
      name: name ?? null,
      email: email ?? null,
      seen_at,
    }));
    for (let at = 0; at < rows.length; at += ROWS) {
      await this.#knex('audit_actors')
        .insert(rows.slice(at, at + ROWS))
        .onConflict(['source', 'actor_id'])
        .merge(['name', 'email', 'seen_at']);
    }
  }

  /** Those of a source that are known, by their ids. */
  async find(source: string, ids: string[]): Promise<Map<string, KnownActor>> {
    const known = new Map<string, KnownActor>();
    for (let at = 0; at < ids.length; at += ROWS) {
      const rows: ActorRow[] = await this.#knex('audit_actors')
        .where({ source })
        .whereIn('actor_id', ids.slice(at, at + ROWS));
      for (const { actor_id: id, name, email } of rows) {
        known.set(id, {
          id,
          name: name ?? undefined,
          email: email ?? undefined,
        });
      }
    }
    return known;
  }
}
