import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { formatCount, formatMegabytes } from '../../bench/report.mjs';
import { say } from '../../lib/log.mjs';
import { Intake } from '../Intake.mjs';
import { SlowReader } from './SlowReader.mjs';
import { terminate } from './endProcess.mjs';

const LOOK_MS = 5;
const MAX_EXIT_MS = 10_000;
/**
 * So long requests still come: until a load balancer has noticed. Node.js ends
 * no connection that is in use, so with more to come on those that there are
 * the server of Backstage would never close.
 */
const NOTICED_MS = 3_000;

/** What the tables say after the process has ended, and before the next one. */
async function readEnd(pg, exportId) {
  const { rows: leases } = await pg.query(
    'select destination_id from audit_destination_status where holder is not null',
  );
  const { rows: exports } = await pg.query(
    'select status, reason, bytes::int, sha256 from audit_exports where id = $1',
    [exportId],
  );
  const { rows: ends } = await pg.query(
    `select outcome, details::jsonb->>'reason' as reason from audit_events
     where type = 'audit-trail.exported' and correlation_id = $1 and outcome <> 'initiated'`,
    [exportId],
  );
  return { leases: leases.length, record: exports[0], ends };
}

/** Whether what a reader has is taken for a whole file, and is none. */
function isFalse(reader, record) {
  const taken = record.status === 'complete' && record.bytes === reader.length;
  return (reader.ended || taken) && reader.sha256 !== record.sha256;
}

/**
 * Ends the process in the middle of what it does for others, and starts it
 * again.
 *
 * @param {object} run `setUrl` tells the others where the backend is
 * @returns what it took, what is wrong, and the ids that were acknowledged
 */
export async function endOnce(run, turn) {
  const { stage, exitFile, events, hanging, signal, setUrl } = run;
  const replicas = { urls: [stage.backend.url] };
  const intake = new Intake({
    ...{ events, replicas, signal },
    workspace: stage.workspace,
    activities: stage.activities,
    token: process.env.AUDIT_TRAIL_TOKEN,
    file: path.join(stage.directory, `acknowledged-${turn}`),
    allowed: () => events,
  });
  const calls = hanging.calls();
  const recording = intake.run();
  // It is awaited below; a failure until then is no unhandled one.
  recording.catch(() => {});
  const reader = await SlowReader.begin(stage.owner);
  const at = events * (0.1 + 0.3 * Math.random());
  while (
    intake.acknowledged < at ||
    reader.length === 0 ||
    // A call of this life of the process hangs.
    hanging.calls() === calls
  ) {
    signal.throwIfAborted();
    await delay(LOOK_MS);
  }
  const before = intake.acknowledged;
  const leave = () => {
    replicas.urls = [];
    setUrl(undefined);
  };
  const noticed = setTimeout(leave, NOTICED_MS);
  const { ms, code } = await terminate(stage.backend.pid, exitFile);
  clearTimeout(noticed);
  leave();
  const during = intake.acknowledged - before;
  await reader.takeRest();
  const { leases, record, ends } = await readEnd(stage.pg, reader.id);
  const seconds = (ms / 1000).toFixed(1);
  const fact = `Ended after ${seconds} s with code ${code}; ${formatCount(
    before,
  )} events acknowledged before and ${formatCount(
    during,
  )} meanwhile; the slow reader had ${formatMegabytes(reader.length)}, ${
    record.status
  } (${record.reason})`;
  say(fact);
  await stage.restart();
  replicas.urls = [stage.backend.url];
  setUrl(stage.backend.url);
  await recording;
  return {
    ms,
    fact,
    acknowledged: intake.acknowledgedIds(),
    failures: [
      [code === undefined, 'the process did not end by itself'],
      [code > 0, `the process ended with code ${code}`],
      [ms > MAX_EXIT_MS, `the process took ${seconds} s to end`],
      [leases > 0, `${leases} destinations are still held`],
      [isFalse(reader, record), 'a part of a file is taken for all of it'],
      [record.status === 'running', 'the export is left as if it ran'],
      [ends.length !== 1, `the trail has ${ends.length} ends of the export`],
      [
        ends.some(({ outcome }) => (outcome === 'failed') === reader.ended),
        'the trail says otherwise of the export than its reader',
      ],
    ].flatMap(([failed, what]) => (failed ? [`${turn + 1}: ${what}`] : [])),
  };
}
