import { createRequire } from 'node:module';
import { fromRoot } from '../lib/paths.mjs';

/** The driver that the demo's backend uses; there only after set-up. */
const driver = () =>
  createRequire(fromRoot('packages/backend/package.json'))('pg');

/** Databases that a trail is kept in, by its name. */
export const DATABASES = {
  large: 'backstage_plugin_audit-trail',
  small: 'bench_small_audit-trail',
};

/** Connects to a database of the server. */
export async function connect(connectionString, database) {
  const { Client } = driver();
  const url = new URL(connectionString);
  url.pathname = `/${encodeURIComponent(database)}`;
  const client = new Client({ connectionString: url.href });
  // A query that fails says so itself; this one is of a server that was stopped.
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** Runs `COPY … TO STDOUT`; resolves to the rows and bytes that came. */
export function copyOut(client, sql) {
  const { Query } = driver();
  return new Promise((resolve, reject) => {
    let bytes = 0;
    const query = new Query(sql, (error, result) =>
      error ? reject(error) : resolve({ bytes, rows: result.rowCount }),
    );
    // The driver reads the data and, without a stream, drops it.
    query.handleCopyData = ({ chunk }) => {
      bytes += chunk.length;
    };
    client.query(query);
  });
}
