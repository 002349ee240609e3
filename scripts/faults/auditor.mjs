// Kills the backend while its catalog audits a burst of requests, and counts
// what the trail has of them; docs/faults.md says how to read it:
//   npm run test:faults -- --auditor [--events 10000] [--kills 5]
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startBackend } from '../bench/backend.mjs';
import { DATABASES, connect } from '../bench/database.mjs';
import { SetupError, say } from '../lib/log.mjs';
import { DEMO_USERS } from '../lib/portal.mjs';
import { startPostgres } from '../lib/postgres.mjs';
import { stopAll } from '../lib/processes.mjs';
import { setup } from '../lib/setup.mjs';
import { temporaryDirectory } from '../lib/temporary.mjs';
import { callAudited } from './auditedCall.mjs';

const CLIENTS = 20;
const PREFIX = 'entity:component:default/burst-';

let directory;
let postgres;
let backend;

const cleanUp = async () => {
  await stopAll();
  await postgres?.stop();
};

async function startLife(life, tools, catalogFile) {
  const files = path.join(directory, `life-${life}`);
  mkdirSync(files);
  const env = {
    // All lives share a spool, as they do on a volume.
    APP_CONFIG_auditTrail_auditor_spool_directory: JSON.stringify(
      path.join(directory, 'spool'),
    ),
  };
  backend = await startBackend({
    tools: { ...tools, env: { ...tools.env, ...env } },
    postgres,
    directory: files,
    catalogFile,
    receiverUrl: 'http://127.0.0.1:9',
    trail: 'large',
    user: DEMO_USERS.owner,
  });
}

/** @returns how long the answer took; nothing if none came */
async function ask(number) {
  const started = performance.now();
  try {
    const status = await callAudited(backend.url, `burst-${number}`);
    return status < 500 ? performance.now() - started : undefined;
  } catch {
    return undefined;
  }
}

/** What the trail has of the burst, by the number of the request. */
async function readTrail() {
  const client = await connect(postgres.connectionString, DATABASES.large);
  try {
    const { rows } = await client.query(
      `select substr(resource_key, $1) as number, outcome from audit_events
       where type = 'catalog.entity-mutate' and resource_key like $2`,
      [PREFIX.length + 1, `${PREFIX}%`],
    );
    const lost = await client.query(
      `select count(*)::int as count from audit_events where type = 'audit-trail.events-lost'`,
    );
    const byNumber = new Map();
    for (const { number, outcome } of rows) {
      const outcomes = byNumber.get(Number(number)) ?? [];
      byNumber.set(Number(number), [...outcomes, outcome]);
    }
    return { byNumber, rows: rows.length, told: lost.rows[0].count };
  } finally {
    await client.end();
  }
}

/** Waits until the trail gets no more of the burst. */
async function untilQuiet(answered, signal) {
  for (let last = -1; ; ) {
    const { byNumber, rows } = await readTrail();
    if (rows === last && [...answered].every(one => byNumber.has(one))) {
      return;
    }
    if (signal.aborted) {
      return;
    }
    last = rows;
    await delay(3_000);
  }
}

const quantile = (values, part) =>
  values[Math.min(values.length - 1, Math.floor(values.length * part))];

/**
 * Kills the backend during a burst.
 *
 * @returns {Promise<number>} the exit code
 */
export async function faultsWhileAuditing(args) {
  const { values: options } = parseArgs({
    args,
    options: {
      auditor: { type: 'boolean' },
      events: { type: 'string', default: '10000' },
      kills: { type: 'string', default: '5' },
      minutes: { type: 'string', default: '20' },
    },
  });
  const events = Number(options.events);
  const kills = Number(options.kills);
  if (!(events >= 100 && kills >= 1)) {
    throw new SetupError('--events and --kills: give at least 100 and 1');
  }
  const tools = await setup();
  directory = temporaryDirectory('auditor');
  process.env.AUDIT_TRAIL_TOKEN = randomBytes(24).toString('hex');
  const signal = AbortSignal.timeout(Number(options.minutes) * 60_000);
  const catalogFile = path.join(directory, 'catalog.yaml');
  writeFileSync(catalogFile, '');
  try {
    postgres = await startPostgres({ durable: true });
    await startLife(0, tools, catalogFile);
    const started = Date.now();
    const answered = new Set();
    const times = [];
    let next = 0;
    let unanswered = 0;
    let killing = false;
    let killed = 0;
    const client = async () => {
      while (next < events && !signal.aborted) {
        if (killing) {
          await delay(50);
          continue;
        }
        const number = next++;
        const time = await ask(number);
        if (time === undefined) {
          unanswered++;
        } else {
          answered.add(number);
          times.push(time);
        }
      }
    };
    const clients = Promise.all(Array.from({ length: CLIENTS }, client));
    for (let turn = 1; turn <= kills; turn++) {
      // In the middle of each part of the burst, whatever that takes.
      while (next < (events * (turn - 0.5)) / kills && !signal.aborted) {
        await delay(5);
      }
      process.kill(backend.pid, 'SIGKILL');
      killing = true;
      await backend.stop();
      killed++;
      await startLife(turn, tools, catalogFile);
      killing = false;
    }
    await clients;
    await untilQuiet(answered, signal);
    await backend.stop();
    const { byNumber, rows, told } = await readTrail();
    const lost = [...answered].filter(number => !byNumber.has(number));
    const unfinished = [...answered].filter(
      number => byNumber.get(number)?.[0] === 'initiated',
    );
    const twice = [...byNumber.values()].filter(all => all.length > 1);
    times.sort((a, b) => a - b);
    say(
      `${events} requests, ${
        answered.size
      } answered, ${unanswered} cut off by ${killed} kills; ${(
        (Date.now() - started) /
        60_000
      ).toFixed(1)} minutes; answers took ${quantile(times, 0.5).toFixed(
        0,
      )} ms in the median, ${quantile(times, 0.99).toFixed(0)} ms at p99`,
    );
    say(
      `${rows} events, ${
        [...byNumber.values()].filter(([one]) => one === 'initiated').length
      } of them as begun; ${lost.length} lost, ${
        unfinished.length
      } answered and without their outcome, ${
        twice.length
      } twice, ${told} losses told`,
    );
    return lost.length + unfinished.length + twice.length === 0 ? 0 : 1;
  } finally {
    await cleanUp();
  }
}
