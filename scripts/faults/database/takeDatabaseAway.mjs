// Takes PostgreSQL away for a while, in two ways, and looks what those who
// record, read and audit have of it; docs/faults.md says how to read it:
//   npm run test:faults -- --database-away 60
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DATABASES, connect } from '../../bench/database.mjs';
import { ingestBatch } from '../../bench/ingestBatch.mjs';
import { formatCount, formatMs } from '../../bench/report.mjs';
import { SetupError, say } from '../../lib/log.mjs';
import { SteadyCalls } from '../SteadyCalls.mjs';
import { callAudited } from '../auditedCall.mjs';
import { printFindings } from '../printFindings.mjs';
import { readTrail } from '../trail.mjs';
import { signalServer } from './serverProcesses.mjs';
import { setStage } from './stage.mjs';

/** Time between two calls of the same kind. */
const EVERY_MS = { record: 200, read: 500, audit: 25 };
/** A caller has an error within this. */
const MAX_ANSWER_MS = 5_000;
/** A caller that has no answer at all after this gives up. */
const PATIENCE_MS = 20_000;
/** As small as a spool may be, so that it is full before the database is back. */
const SPOOL_MEGABYTES = 1;
/** How long it may take until all that was audited is told of. */
const CATCH_UP_MS = 3 * 60_000;
const PREFIX = 'entity:component:default/away-';

const WAYS = {
  'killed and not there': {
    begin: ({ postgres }) => signalServer(postgres.pid, 'SIGKILL'),
    end: ({ postgres }) => postgres.restart(),
  },
  'there and not answering': {
    begin: ({ postgres }) => signalServer(postgres.pid, 'SIGSTOP'),
    end: ({ postgres }) => signalServer(postgres.pid, 'SIGCONT'),
  },
};

const withPatience = call =>
  Promise.race([
    call,
    delay(PATIENCE_MS).then(() => {
      throw new Error('no answer');
    }),
  ]);

/** Bytes of a folder's files; of one that is gone meanwhile, none. */
function bytesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name))
    .reduce(
      (sum, file) =>
        sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
}

/** How often the trail has what was audited, and how much it was told is lost. */
async function readAudited({ postgres }) {
  const client = await connect(postgres.connectionString, DATABASES.large);
  try {
    const { rows } = await client.query(
      `select
         count(*) filter (where resource_key like $1)::int as kept,
         count(distinct resource_key) filter (where resource_key like $1)::int as different,
         coalesce(sum((details::jsonb->>'count')::int) filter (where type = 'audit-trail.events-lost'), 0)::int as lost
       from audit_events`,
      [`${PREFIX}%`],
    );
    return rows[0];
  } finally {
    await client.end();
  }
}

function describe(calls) {
  const failed = calls.filter(({ outcome }) => outcome !== 'done');
  const longest = Math.max(0, ...calls.map(({ ms }) => ms));
  const kinds = new Map();
  failed.forEach(({ outcome }) => {
    const kind = outcome.replace(
      /^.* answered (\d+): .*"message":"([^"]*)".*$/s,
      '$1 $2',
    );
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  });
  return {
    longest,
    text: `${calls.length} calls, ${
      failed.length
    } failed, the longest took ${formatMs(longest)} (${[...kinds]
      .map(([kind, count]) => `${count} × ${kind}`)
      .join('; ')})`,
  };
}

async function takeAway(stage, wayName, wayNumber, seconds) {
  const { service, owner, workspace, activities } = stage;
  const way = WAYS[wayName];
  const acknowledged = [];
  let spool = 0;
  const before = await readAudited(stage);
  const record = new SteadyCalls(EVERY_MS.record, async () => {
    const body = ingestBatch({ workspace, activities, size: 1 });
    const { ids } = await withPatience(service.post('/events', body));
    acknowledged.push(...ids);
  });
  const read = new SteadyCalls(EVERY_MS.read, () =>
    withPatience(owner.get('/events', { limit: 20 })),
  );
  await delay(3_000);
  say(`The database is ${wayName}`);
  await way.begin(stage);
  const away = performance.now();
  const auditing = new SteadyCalls(EVERY_MS.audit, number =>
    callAudited(stage.backend.url, `away-${wayNumber}-${number}`, PATIENCE_MS),
  );
  const look = setInterval(() => {
    spool = Math.max(spool, bytesOf(stage.spool));
  }, 500);
  await delay(seconds * 1000);
  say('It is back');
  await way.end(stage);
  const back = performance.now();
  await auditing.stop();
  // Both go on until they are answered again.
  const answered = caller =>
    Math.min(
      ...caller.calls
        .filter(({ began, outcome }) => began > back && outcome === 'done')
        .map(({ began, ms }) => began + ms),
    );
  while (
    answered(record) + answered(read) === Infinity &&
    performance.now() - back < CATCH_UP_MS
  ) {
    await delay(100);
  }
  const recovered = Math.max(answered(record), answered(read));
  await Promise.all([record.stop(), read.stop()]);
  // Those that began and were never answered are told after a while.
  const asked = auditing.calls.length;
  let after;
  do {
    await delay(1_000);
    after = await readAudited(stage);
  } while (
    after.kept + after.lost - before.kept - before.lost < asked &&
    performance.now() - back < CATCH_UP_MS
  );
  clearInterval(look);
  const kept = after.kept - before.kept;
  const lost = after.lost - before.lost;
  const { ids } = await readTrail(stage.postgres, {});
  const rows = new Set(ids);
  const missing = acknowledged.filter(id => !rows.has(id)).length;
  // Whoever came just before it was back may have been answered by it.
  const during = caller =>
    describe(
      caller.calls.filter(
        ({ began, ms }) => began + ms > away && began < back - MAX_ANSWER_MS,
      ),
    );
  const [recording, reading] = [record, read].map(during);
  return {
    lost,
    failures: [
      [
        recording.longest > MAX_ANSWER_MS,
        'who records waited too long for an error',
      ],
      [
        reading.longest > MAX_ANSWER_MS,
        'who reads waited too long for an error',
      ],
      [missing > 0, `${missing} acknowledged events are lost`],
      [ids.length > rows.size, 'rows are there twice'],
      [after.kept > after.different, 'what was audited is there twice'],
      [
        kept + lost !== asked,
        `${asked} uses were audited, ${kept} are kept and ${lost} told as lost`,
      ],
      [
        spool > SPOOL_MEGABYTES * 1024 * 1024 * 1.1,
        'the spool took more room than it may',
      ],
    ].flatMap(([failed, what]) => (failed ? [`${wayName}: ${what}`] : [])),
    facts: [
      `${wayName}, ${seconds} seconds: recording: ${recording.text}`,
      `reading: ${reading.text}`,
      `${formatCount(
        acknowledged.length,
      )} events acknowledged, ${missing} lost; both answered again ${formatMs(
        recovered - back,
      )} after it was back`,
      `${formatCount(asked)} uses audited: ${formatCount(
        kept,
      )} kept, ${formatCount(
        lost,
      )} told as lost; the spool had at most ${formatCount(
        Math.ceil(spool / 1024),
      )} KB`,
    ],
  };
}

/**
 * Takes the database away.
 *
 * @returns {Promise<number>} the exit code
 */
export async function takeDatabaseAway(args) {
  const { values } = parseArgs({
    args,
    options: { 'database-away': { type: 'string' } },
  });
  const seconds = Number(values['database-away']);
  if (!(seconds >= 10)) {
    throw new SetupError('--database-away: give at least 10 seconds');
  }
  const stage = await setStage({
    env: {
      APP_CONFIG_auditTrail_auditor_spool_maxMegabytes: String(SPOOL_MEGABYTES),
    },
  });
  try {
    const found = [];
    for (const [number, name] of Object.keys(WAYS).entries()) {
      found.push(await takeAway(stage, name, number, seconds));
    }
    const failures = found.flatMap(one => one.failures);
    if (found.every(({ lost }) => lost === 0)) {
      failures.push('the spool was never full, so nothing was shown of that');
    }
    return printFindings({
      title: 'A database that is away',
      facts: found.flatMap(one => one.facts),
      failures,
    });
  } finally {
    await stage.clear();
  }
}
