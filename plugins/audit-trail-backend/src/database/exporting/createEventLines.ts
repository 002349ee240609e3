import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Knex } from 'knex';
import { CopyEventLines } from './CopyEventLines';
import type { GiveWay } from './CopyOut';
import { dialectOf } from '../dialect';
import type { EventLines } from './EventLines';
import { PagedEventLines } from './PagedEventLines';

/**
 * The quickest way to read events as lines that a database has.
 *
 * @param options - `giveWay`: is asked again and again before more is read
 */
export function createEventLines(options: {
  giveWay?: GiveWay;
  knex: Knex;
}): EventLines {
  const { giveWay = nextTurn, knex } = options;
  return dialectOf(knex) === 'postgres'
    ? CopyEventLines.create({ giveWay, knex })
    : PagedEventLines.create({ knex });
}
