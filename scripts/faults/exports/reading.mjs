import { createHash } from 'node:crypto';

/** Hash of a file, of its parts. */
export function sha256(parts) {
  const hash = createHash('sha256');
  parts.forEach(part => hash.update(part));
  return hash.digest('hex');
}

/** Begins an export, whose body is still to be read. */
export async function beginExport(client, signal, format = 'csv') {
  const response = await client.open('/events/export', { format }, signal);
  return {
    id: response.headers.get('x-audit-trail-export-id'),
    body: response.body,
    // Once nobody has the response, fetch takes it that nobody wants its body.
    response,
  };
}

/**
 * Reads an export and does something when so many bytes have come. Says whether
 * the answer ended as if all had come, and what did.
 */
export async function readUntil(exported, bytes, interrupt) {
  const parts = [];
  let length = 0;
  let interrupted;
  try {
    for await (const part of exported.body) {
      parts.push(part);
      length += part.length;
      if (!interrupted && length >= bytes) {
        interrupted = interrupt();
      }
    }
    await interrupted;
    return { ended: true, parts, length };
  } catch {
    await interrupted;
    return { ended: false, parts, length };
  }
}

/** Seconds that the transactions of exports have taken which go on now. */
export async function runningCopies(pg) {
  const { rows } = await pg.query(
    `select extract(epoch from now() - xact_start)::float as seconds
     from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()
       and query ~* '^copy' and state <> 'idle'`,
  );
  return rows.map(({ seconds }) => seconds);
}

/**
 * The transaction in the trail's database that has taken longest by now. One that
 * is idle listens to notifications: it reads one in a transaction of a moment, for
 * which PostgreSQL shows the time of its last statement.
 */
export async function longestTransaction(pg) {
  const { rows } = await pg.query(
    `select extract(epoch from clock_timestamp() - xact_start)::float as seconds, state, query
     from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()
       and backend_type = 'client backend' and xact_start is not null
       and state <> 'idle'
     order by xact_start limit 1`,
  );
  return rows[0];
}
