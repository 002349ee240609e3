import { writeSync } from 'node:fs';
import { knex as createKnex } from 'knex';
import { applyMigrations } from '../migrate';

/*
 * A process that brings a schema up to date, to be killed while it does. It says
 * on its standard output when it begins, and when it is done.
 */
const say = (line: string) => writeSync(1, `${line}\n`);

async function main() {
  const knex = createKnex(JSON.parse(process.argv[2]));
  // Not to count the time that connecting takes.
  await knex.raw('select 1');
  say('begin');
  await applyMigrations(knex);
  say('done');
  await knex.destroy();
}

main();
