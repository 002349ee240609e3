import type { Knex } from 'knex';
import { CopyEventLines } from './CopyEventLines';
import { dialectOf } from './dialect';
import type { EventLines } from './EventLines';
import { PagedEventLines } from './PagedEventLines';

/** The quickest way to read events as lines that a database has. */
export function createEventLines(knex: Knex): EventLines {
  return dialectOf(knex) === 'postgres'
    ? CopyEventLines.create({ knex })
    : PagedEventLines.create({ knex });
}
