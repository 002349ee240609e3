import type { Knex } from 'knex';
import { dialectOf } from './dialect';

/**
 * A time from the database's own clock, for what replicas agree on: their
 * clocks differ. SQLite has one process and so one clock.
 *
 * @param offsetMs - milliseconds from now
 */
export function databaseTime(knex: Knex, offsetMs = 0): Knex.Value {
  return dialectOf(knex) === 'postgres'
    ? knex.raw(`clock_timestamp() + ? * interval '1 millisecond'`, [offsetMs])
    : new Date(Date.now() + offsetMs);
}

/** A time as a row has it: a `Date` on PostgreSQL, milliseconds on SQLite. */
export type RowTime = Date | number;

/** The time of a row, if it has one. */
export function readTime(value: RowTime | null): Date | undefined {
  return value === null ? undefined : new Date(value);
}
