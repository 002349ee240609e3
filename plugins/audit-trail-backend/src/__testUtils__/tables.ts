import type { Knex } from 'knex';
import { dialectOf } from '../database/dialect';

/** What there is in a database. */
export interface Tables {
  /** Tables, indexes and the like, with what kind each is of. */
  objects: string[];
  /** How many rows each of the trail's tables has. */
  rows: Record<string, number>;
}

/** Looks at what there is in a database. */
export async function tablesOf(knex: Knex): Promise<Tables> {
  const found: { kind: string; name: string }[] =
    dialectOf(knex) === 'postgres'
      ? await knex('pg_class')
          .join('pg_namespace', 'pg_namespace.oid', 'relnamespace')
          .whereRaw(`nspname not like 'pg\\\\_%'`)
          .select({ kind: 'relkind', name: 'relname' })
      : await knex('sqlite_master').select({ kind: 'type', name: 'name' });
  const rows: Record<string, number> = {};
  for (const { kind, name } of found) {
    if (/^(r|table)$/.test(kind) && name.startsWith('audit_')) {
      const [{ count }] = await knex(name).count({ count: '*' });
      rows[name] = Number(count);
    }
  }
  return {
    objects: found.map(({ kind, name }) => `${kind} ${name}`).sort(),
    rows,
  };
}
