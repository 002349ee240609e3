import os from 'node:os';
import { formatCount, formatMegabytes } from './report.mjs';

/** What the figures were measured on, as lines of text. */
export async function machineFacts({ tools, stage }) {
  const { rows } = await stage.large.pg.query(
    `select current_setting('server_version') as version,
            current_setting('shared_buffers') as buffers,
            current_setting('fsync') as fsync,
            current_setting('synchronous_commit') as commit,
            (pg_total_relation_size('audit_events')
              + pg_total_relation_size('audit_event_resources'))::int8 as bytes`,
  );
  const [postgres] = rows;
  const cpus = os.cpus();
  return [
    `Machine: ${
      cpus.length
    } cores (${cpus[0]?.model.trim()}), ${formatMegabytes(
      os.totalmem(),
    )} of memory, ${os.platform()} ${os.arch()}`,
    `Node ${tools.node.version}; PostgreSQL ${postgres.version} with its default settings (shared_buffers ${postgres.buffers}), durable: fsync ${postgres.fsync}, synchronous_commit ${postgres.commit}`,
    `Trail: ${formatCount(
      stage.options.events,
    )} events of 90 days, ${formatMegabytes(
      Number(postgres.bytes),
    )} with indexes; ${formatCount(
      stage.workspace.resources.length,
    )} resources in the catalog, of which the engineer owns ${formatCount(
      stage.workspace.owned.length,
    )}`,
    `Everything on one machine; the backend runs as in production (NODE_ENV=production), one process`,
  ];
}
