// Kills the backend in the middle of exports, lets readers go away, and reads
// slowly; docs/faults.md says how to read it:
//   npm run test:faults -- --export [--events 100000] [--points 10]
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startBackend } from '../bench/backend.mjs';
import { catalogFile } from '../bench/catalog.mjs';
import { TrailClient, signIn } from '../bench/client.mjs';
import { loadEvents, tidy } from '../bench/data.mjs';
import { DATABASES, connect } from '../bench/database.mjs';
import { summarise, timed } from '../bench/measure.mjs';
import {
  formatCount,
  formatMegabytes,
  formatMs,
  printSection,
} from '../bench/report.mjs';
import { residentMemory } from '../bench/residentMemory.mjs';
import { createWorkspace, workspaceActivities } from '../bench/workspace.mjs';
import { SetupError, say } from '../lib/log.mjs';
import { DEMO_USERS } from '../lib/portal.mjs';
import { startPostgres } from '../lib/postgres.mjs';
import { stopAll } from '../lib/processes.mjs';
import { setup } from '../lib/setup.mjs';

/** A lost export is found after a minute, by a task that runs every minute. */
const SETTLED_MS = 4 * 60_000;
/** Within this an export whose reader is gone has no query any more. */
const GONE_MS = 2_000;
/** A slow reader takes a piece of so many bytes, and rests. */
const SLOW_BYTES = 64 * 1024;
const SLOW_PAUSE_MS = 250;
const MAX_MEMORY = 80 * 1024 * 1024;
const MAX_TRANSACTION_SECONDS = 5;

const delay = ms => new Promise(resolve => setTimeout(resolve, ms));
const sha256 = parts => {
  const hash = createHash('sha256');
  parts.forEach(part => hash.update(part));
  return hash.digest('hex');
};

/** Begins an export, whose body is still to be read. */
async function beginExport(client, signal) {
  const response = await client.open(
    '/events/export',
    { format: 'csv' },
    signal,
  );
  return {
    id: response.headers.get('x-audit-trail-export-id'),
    body: response.body,
  };
}

/**
 * Reads an export and does something when so many bytes have come. Says whether
 * the answer ended as if all had come, and what did.
 */
async function readUntil(exported, bytes, interrupt) {
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

/** Queries of exports that the database runs, and how long they have. */
async function runningCopies(pg) {
  const { rows } = await pg.query(
    `select extract(epoch from now() - xact_start)::float as seconds
     from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()
       and query ~* '^copy' and state <> 'idle'`,
  );
  return rows.map(({ seconds }) => seconds);
}

async function startStage({ tools, postgres, directory, events }) {
  const workspace = createWorkspace();
  const catalog = path.join(directory, 'catalog.yaml');
  writeFileSync(
    catalog,
    catalogFile({ resources: workspace.resources.slice(0, 100) }),
  );
  const start = () =>
    startBackend({
      ...{ tools, postgres, directory, catalogFile: catalog },
      receiverUrl: 'http://127.0.0.1:9/',
      trail: 'large',
      user: DEMO_USERS.owner,
    });
  const backend = await start();
  const owner = new TrailClient(backend.url, await signIn(backend.url));
  const { items } = await owner.get('/activities');
  const pg = await connect(postgres.connectionString, DATABASES.large);
  await loadEvents(pg, {
    ...{ workspace, events },
    activities: workspaceActivities(items),
  });
  await tidy(pg);
  return { backend, owner, pg, start };
}

/** A process that ends at many points of the file. */
async function killAtPoints(stage, { points, whole }) {
  const failures = [];
  const ids = [];
  for (let point = 0; point < points; point++) {
    const part = (point + 0.5) / points;
    const exported = await beginExport(stage.owner);
    ids.push(exported.id);
    const got = await readUntil(exported, part * whole.length, () => {
      process.kill(stage.backend.pid, 'SIGKILL');
    });
    await stage.backend.stop();
    say(`Killed after ${Math.round(100 * part)} % of the file`);
    stage.backend = await stage.start();
    stage.owner = new TrailClient(
      stage.backend.url,
      await signIn(stage.backend.url),
    );
    const record = await stage.owner.get(`/exports/${exported.id}`);
    // By the rule of docs/exporting.md a reader would take it for the whole file.
    const taken = record.status === 'complete' && record.bytes === got.length;
    if ((got.ended || taken) && sha256(got.parts) !== record.sha256) {
      failures.push(`killed at ${part}: a part is taken for the whole file`);
    }
  }
  return { failures, ids };
}

/** A reader that goes away at many points of the file. */
async function goneAtPoints({ owner, pg }, { points, whole }) {
  const failures = [];
  const ids = [];
  const times = [];
  for (let point = 0; point < points; point++) {
    const part = (point + 0.5) / points;
    const controller = new AbortController();
    const exported = await beginExport(owner, controller.signal);
    ids.push(exported.id);
    const got = await readUntil(exported, part * whole.length, () =>
      controller.abort(),
    );
    if (got.ended) {
      failures.push(`gone at ${part}: the answer ended as if all had come`);
    }
    times.push(
      await timed(async () => {
        const deadline = performance.now() + GONE_MS;
        let record;
        do {
          record = await owner.get(`/exports/${exported.id}`);
        } while (
          (record.status === 'running' || (await runningCopies(pg)).length) &&
          performance.now() < deadline
        );
        if (record.status !== 'failed' || (await runningCopies(pg)).length) {
          failures.push(`gone at ${part}: it is still ${record.status}`);
        }
      }),
    );
  }
  return { failures, ids, longest: Math.max(...times) };
}

/** A reader that takes its time, while another one looks at pages. */
async function readSlowly({ owner, pg, backend }, { seconds, whole }) {
  const failures = [];
  const memory = { before: residentMemory(backend.pid), peak: 0 };
  let longest = 0;
  const reads = [];
  let reading = true;
  const others = (async () => {
    while (reading) {
      reads.push(await timed(() => owner.get('/events', { limit: '50' })));
      memory.peak = Math.max(memory.peak, residentMemory(backend.pid) ?? 0);
      longest = Math.max(longest, ...(await runningCopies(pg)));
      await delay(SLOW_PAUSE_MS);
    }
  })();
  const exported = await beginExport(owner);
  const parts = [];
  const end = performance.now() + seconds * 1000;
  let next = SLOW_BYTES;
  let length = 0;
  for await (const part of exported.body) {
    parts.push(part);
    length += part.length;
    while (length >= next && performance.now() < end) {
      next += SLOW_BYTES;
      await delay(SLOW_PAUSE_MS);
    }
  }
  reading = false;
  await others;
  const record = await owner.get(`/exports/${exported.id}`);
  const { p99 } = summarise(reads);
  const growth = memory.peak - memory.before;
  const fail = (failed, what) => failed && failures.push(what);
  fail(record.status !== 'complete', `the slow export is ${record.status}`);
  fail(sha256(parts) !== record.sha256, 'the slow export is another file');
  fail(length < whole.length, 'the slow export is shorter');
  fail(growth > MAX_MEMORY, 'the slow export needed more memory than it may');
  fail(
    longest > MAX_TRANSACTION_SECONDS,
    'the slow export held a transaction open',
  );
  return {
    failures,
    fact: `A reader that took ${
      (SLOW_BYTES * 1000) / SLOW_PAUSE_MS / 1024
    } KB a second for ${seconds} seconds and then all: ${formatCount(
      record.rows,
    )} rows, whole; memory ${formatMegabytes(
      growth,
    )} more at most; no transaction longer than ${longest.toFixed(
      1,
    )} s; pages meanwhile p99 ${formatMs(p99)}`,
  };
}

/** Whether the trail has one end of each export, by reading it as an Owner. */
async function waitForEnds(owner, ids) {
  const deadline = performance.now() + SETTLED_MS;
  for (;;) {
    const ends = new Map(ids.map(id => [id, []]));
    let cursor;
    do {
      const page = await owner.get('/events', {
        type: 'audit-trail.exported',
        limit: '200',
        ...(cursor ? { cursor } : {}),
      });
      for (const { outcome, correlationId } of page.items) {
        if (outcome !== 'initiated') {
          ends.get(correlationId)?.push(outcome);
        }
      }
      cursor = page.nextCursor;
    } while (cursor);
    const open = [...ends.values()].filter(list => list.length === 0).length;
    if (open === 0 || performance.now() > deadline) {
      return {
        open,
        more: [...ends.values()].filter(list => list.length > 1).length,
        succeeded: [...ends.values()].flat().filter(one => one !== 'failed')
          .length,
      };
    }
    await delay(5_000);
  }
}

function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      export: { type: 'boolean' },
      events: { type: 'string', default: '100000' },
      points: { type: 'string', default: '10' },
      slow: { type: 'string', default: '60' },
    },
  });
  const numbers = [values.events, values.points, values.slow].map(Number);
  if (!numbers.every(number => Number.isInteger(number) && number > 0)) {
    throw new SetupError(
      '--events, --points, --slow: give whole numbers from 1 on',
    );
  }
  const [events, points, slow] = numbers;
  return { events, points, slow };
}

/** Runs it all; resolves to the exit code. */
export async function faultsWhileExporting(args) {
  const { events, points, slow } = readOptions(args);
  const tools = await setup();
  const directory = mkdtempSync(path.join(os.tmpdir(), 'audit-trail-exports-'));
  process.env.AUDIT_TRAIL_TOKEN = randomBytes(24).toString('hex');
  const postgres = await startPostgres({ durable: true });
  let stage;
  try {
    stage = await startStage({ tools, postgres, directory, events });
    const first = await beginExport(stage.owner);
    const whole = await readUntil(first, Infinity);
    const record = await stage.owner.get(`/exports/${first.id}`);
    const failures = [
      [!whole.ended, 'an export that nobody disturbs broke off'],
      [record.sha256 !== sha256(whole.parts), 'its hash is another one'],
      [record.rows < events, 'it has fewer rows than there are events'],
    ].flatMap(([failed, what]) => (failed ? [what] : []));
    whole.parts = [];
    const killed = await killAtPoints(stage, { points, whole });
    const gone = await goneAtPoints(stage, { points, whole });
    const slowly = await readSlowly(stage, { seconds: slow, whole });
    say('Waiting for the ends of the exports that were lost');
    const ends = await waitForEnds(stage.owner, [...killed.ids, ...gone.ids]);
    failures.push(...killed.failures, ...gone.failures, ...slowly.failures);
    for (const [count, what] of [
      [ends.open, 'exports have no end in the trail'],
      [ends.more, 'exports have more than one end in the trail'],
      [ends.succeeded, 'exports that were cut off are said to be complete'],
    ]) {
      if (count > 0) {
        failures.push(`${count} ${what}`);
      }
    }
    printSection({
      title: 'Exports that are cut off',
      tables: [],
      notes: [
        [
          `A file of ${formatCount(record.rows)} rows and ${formatMegabytes(
            whole.length,
          )}`,
          `${points} kills, at as many points of the file: ${killed.failures.length} files taken for whole`,
          `${points} readers that went away: ${
            gone.failures.length
          } queries went on; the longest ended after ${formatMs(gone.longest)}`,
          slowly.fact,
          `In the trail: ${
            killed.ids.length + gone.ids.length - ends.open
          } ends of ${killed.ids.length + gone.ids.length} exports`,
          ...failures.map(what => `FAILED: ${what}`),
        ]
          .map(line => `- ${line}`)
          .join('\n'),
      ],
    });
    return failures.length === 0 ? 0 : 1;
  } finally {
    await stage?.pg.end().catch(() => {});
    await stopAll();
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
