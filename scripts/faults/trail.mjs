import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { DATABASES, connect } from '../bench/database.mjs';
import { WORKSPACE_ID } from '../bench/workspace.mjs';
import { fromRoot } from '../lib/paths.mjs';

// Without those of the portal itself.
const EVENTS = `select id from audit_events where workspace = '${WORKSPACE_ID}'`;
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

async function readSqlite({ directory }, { node }) {
  const { stdout } = await promisify(execFile)(
    node.executable,
    [
      fromRoot('scripts/faults/readSqlite.mjs'),
      path.join(directory, 'audit-trail.sqlite'),
      EVENTS,
      DELIVERIES,
    ],
    { maxBuffer: Infinity },
  );
  const [events, deliveries] = JSON.parse(stdout);
  return { events, deliveries };
}

/**
 * What the trail's own tables say: ids of events, one for each row, and how
 * many deliveries of a destination are in a state.
 */
export async function readTrail(database, tools) {
  const { events, deliveries } = database.directory
    ? await readSqlite(database, tools)
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
