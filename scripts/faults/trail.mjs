import path from 'node:path';
import { createRequire } from 'node:module';
import { DATABASES, connect } from '../bench/database.mjs';
import { fromRoot } from '../lib/paths.mjs';

const EVENTS = `select id from audit_events where category not in ('audit-trail', 'portal')`;
const DELIVERIES = `select destination_id as destination, state, count(*) as count
  from audit_deliveries group by destination_id, state`;

async function readPostgres({ connectionString }) {
  const pg = await connect(connectionString, DATABASES.large);
  try {
    const events = await pg.query(EVENTS);
    const deliveries = await pg.query(DELIVERIES);
    return { events: events.rows, deliveries: deliveries.rows };
  } finally {
    await pg.end();
  }
}

function readSqlite({ directory }) {
  const Database = createRequire(fromRoot('packages/backend/package.json'))(
    'better-sqlite3',
  );
  const sqlite = new Database(path.join(directory, 'audit-trail.sqlite'), {
    fileMustExist: true,
  });
  try {
    return {
      events: sqlite.prepare(EVENTS).all(),
      deliveries: sqlite.prepare(DELIVERIES).all(),
    };
  } finally {
    sqlite.close();
  }
}

/**
 * What the trail's own tables say: ids of events, one for each row, and how
 * many deliveries of a destination are in a state.
 */
export async function readTrail(database) {
  const { events, deliveries } = database.directory
    ? readSqlite(database)
    : await readPostgres(database);
  return {
    ids: events.map(({ id }) => id),
    deliveries: (destination, state) =>
      Number(
        deliveries.find(
          row => row.destination === destination && row.state === state,
        )?.count ?? 0,
      ),
  };
}
