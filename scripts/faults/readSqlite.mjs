// Prints the rows of some queries of an SQLite file as JSON. A program of its
// own, as the driver is compiled for the Node that the backend runs on:
//   node scripts/faults/readSqlite.mjs FILE QUERY...
import { createRequire } from 'node:module';
import { fromRoot } from '../lib/paths.mjs';

const [file, ...queries] = process.argv.slice(2);
const Database = createRequire(fromRoot('packages/backend/package.json'))(
  'better-sqlite3',
);
const sqlite = new Database(file, { fileMustExist: true });
process.stdout.write(
  JSON.stringify(queries.map(query => sqlite.prepare(query).all())),
);
sqlite.close();
