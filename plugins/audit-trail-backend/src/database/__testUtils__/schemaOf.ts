import type { Knex } from 'knex';
import { dialectOf } from '../dialect';

/** One line for each part of a schema. */
const POSTGRES_PARTS = `
  select concat_ws(' ', 'column', attrelid::regclass, attnum, attname,
    format_type(atttypid, atttypmod), attnotnull,
    pg_get_expr(adbin, adrelid), col_description(attrelid, attnum)) as part
  from pg_attribute
  join pg_class on pg_class.oid = attrelid
  left join pg_attrdef on adrelid = attrelid and adnum = attnum
  where relnamespace = current_schema()::regnamespace
    and relkind = 'r' and attnum > 0
  union all
  select concat_ws(' ', 'table', relname, reloptions, obj_description(oid))
  from pg_class where relnamespace = current_schema()::regnamespace
  union all
  select concat_ws(' ', 'index', indexdef)
  from pg_indexes where schemaname = current_schema()
  union all
  select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
  from pg_constraint where connamespace = current_schema()::regnamespace
  union all
  select pg_get_triggerdef(pg_trigger.oid)
  from pg_trigger where not tgisinternal
  union all
  select pg_get_functiondef(oid)
  from pg_proc where pronamespace = current_schema()::regnamespace
  order by part`;

/** All that a schema consists of, to compare it with another. */
export async function schemaOf(knex: Knex): Promise<string[]> {
  if (dialectOf(knex) === 'postgres') {
    const { rows } = await knex.raw(POSTGRES_PARTS);
    return rows.map(({ part }: { part: string }) => part);
  }
  const rows = await knex('sqlite_master').orderBy('name');
  return rows.map(({ type, name, sql }) => `${type} ${name} ${sql}`);
}
