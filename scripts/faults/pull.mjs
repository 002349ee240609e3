// Kills backends again and again while they read Segment's Public API and take
// its deliveries, and counts what is stored; docs/faults.md says how to read it:
//   npm run test:faults -- --pull [--events 5000] [--kills 5]
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  DEMO_TOKEN,
  startTrackingApi,
} from '../../examples/segment/trackingApi.mjs';
import { SAMPLE_RESOURCES } from '../../examples/segment/sampleResources.mjs';
import { startBackend } from '../bench/backend.mjs';
import { TrailClient, signIn } from '../bench/client.mjs';
import { DATABASES, connect } from '../bench/database.mjs';
import { SetupError, say } from '../lib/log.mjs';
import { DEMO_USERS } from '../lib/portal.mjs';
import { startPostgres } from '../lib/postgres.mjs';
import { stopAll } from '../lib/processes.mjs';
import { setup } from '../lib/setup.mjs';
import { temporaryDirectory } from '../lib/temporary.mjs';

const DAY = 24 * 60 * 60 * 1000;
const WORKSPACE = SAMPLE_RESOURCES.workspace;
const SECRET = randomBytes(24).toString('hex');
/**
 * Of ten facts nine are delivered, and nine are told by the Public API. Never do
 * both miss one of a pair: nobody could tell that these are two.
 */
const isDelivered = number => number % 10 !== 0;
const isTold = number => number % 10 !== 5;

/** Facts of the last 80 days; two of them in succession are alike. */
function makeFacts(count) {
  const now = Date.now();
  return Array.from({ length: count }, (_, number) => {
    const pair = Math.floor(number / 2);
    const age = (0.01 + (79 * pair * 2) / count) * DAY;
    const time = new Date(now - age + (number % 2) * 3_000).toISOString();
    return { number, time, source: `source-${pair}` };
  });
}

const toDelivery = ({ number, time, source }) => ({
  type: 'track',
  event: 'Audit',
  userId: 'MNxxtIRCbe',
  messageId: `api-${number}`,
  timestamp: time,
  properties: {
    type: 'Source Modified',
    workspace_id: WORKSPACE.id,
    details: {
      resource_id: source,
      resource_type: 'source',
      subject: 'users/MNxxtIRCbe',
      target: source,
    },
  },
});

const toAuditEvent = ({ number, time, source }) => ({
  id: createHash('sha256').update(String(number)).digest('hex').slice(0, 27),
  timestamp: time,
  type: 'Source Modified',
  actor: 'MNxxtIRCbe',
  actorEmail: 'jm@example.com',
  resourceId: source,
  resourceType: 'source',
  resourceName: source,
});

/** Delivers until it is told that a delivery is stored. */
async function deliver(facts, urls) {
  const body = JSON.stringify(facts.map(toDelivery));
  const signed = JSON.stringify(toDelivery(facts[0]));
  for (;;) {
    const [url] = urls();
    const response =
      url &&
      (await fetch(`${url}/api/audit-trail/v1/intake/segment`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Signature': createHmac('sha1', SECRET)
            .update(signed)
            .digest('hex'),
        },
        body,
        signal: AbortSignal.timeout(20_000),
      }).catch(() => undefined));
    if (response?.ok) {
      return;
    }
    await delay(300);
  }
}

/** Faults of the stand-in: a tenth of all calls, and it is slow. */
function faultOf() {
  const faults = [
    { status: 503 },
    { reset: true },
    { status: 429, body: '{"errors":[{"data":{"msBeforeNext":50}}]}' },
  ];
  return Math.random() < 0.1
    ? faults[Math.floor(Math.random() * faults.length)]
    : { delayMs: 100 };
}

let directory;
let postgres;
let segment;
const running = new Map();
const urls = () => [...running.values()].map(({ url }) => url);

const cleanUp = async () => {
  await stopAll();
  await segment?.close();
  await postgres?.stop();
};

async function startReplica(name, life, tools, catalogFile) {
  const files = path.join(directory, `${name}-${life}`);
  mkdirSync(files);
  const config = {
    auditTrail_intake_segment_secret: SECRET,
    auditTrail_segment_workspaces: [
      {
        slug: WORKSPACE.slug,
        token: DEMO_TOKEN,
        endpoint: segment.url,
        schedule: {
          frequency: { seconds: 2 },
          timeout: { seconds: 10 },
          initialDelay: { seconds: 1 },
        },
      },
    ],
  };
  const env = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      `APP_CONFIG_${key}`,
      JSON.stringify(value),
    ]),
  );
  running.set(
    name,
    await startBackend({
      tools: { ...tools, env: { ...tools.env, ...env } },
      postgres,
      directory: files,
      catalogFile,
      receiverUrl: segment.url,
      trail: 'large',
      user: DEMO_USERS.owner,
    }),
  );
}

/** Whether all is read, as an Owner is told. */
async function isComplete() {
  const [url] = urls();
  const client = new TrailClient(url, await signIn(url));
  const { items } = await client.get('/coverage');
  const [{ gaps, completeSince, source }] = items;
  return Boolean(completeSince && gaps.length === 0 && !source.failure);
}

async function judge(facts) {
  const client = await connect(postgres.connectionString, DATABASES.large);
  try {
    const { rows } = await client.query(
      `select resource_name as source, intakes, count(*) over (partition by resource_name) as of_source
       from audit_events where type = 'source.modified'`,
    );
    const wanted = facts.filter(
      ({ number }) => isDelivered(number) || isTold(number),
    );
    const ofSource = new Map();
    wanted.forEach(({ source }) =>
      ofSource.set(source, (ofSource.get(source) ?? 0) + 1),
    );
    const stored = new Map(
      rows.map(row => [row.source, Number(row.of_source)]),
    );
    let lost = 0;
    let twice = 0;
    for (const [source, number] of ofSource) {
      const found = stored.get(source) ?? 0;
      lost += Math.max(0, number - found);
      twice += Math.max(0, found - number);
    }
    const united = rows.filter(
      ({ intakes }) => JSON.parse(intakes).length === 2,
    ).length;
    return { wanted: wanted.length, rows: rows.length, united, lost, twice };
  } finally {
    await client.end();
  }
}

/**
 * Kills processes while they pull.
 *
 * @returns {Promise<number>} the exit code
 */
export async function faultsWhilePulling(args) {
  const { values: options } = parseArgs({
    args,
    options: {
      pull: { type: 'boolean' },
      events: { type: 'string', default: '20000' },
      kills: { type: 'string', default: '8' },
      minutes: { type: 'string', default: '20' },
    },
  });
  const kills = Number(options.kills);
  const tools = await setup();
  directory = temporaryDirectory('pull');
  process.env.AUDIT_TRAIL_TOKEN = randomBytes(24).toString('hex');
  const signal = AbortSignal.timeout(Number(options.minutes) * 60_000);
  const facts = makeFacts(Number(options.events));
  const catalogFile = path.join(directory, 'catalog.yaml');
  writeFileSync(catalogFile, '');
  try {
    postgres = await startPostgres({ durable: true });
    segment = await startTrackingApi({
      ...SAMPLE_RESOURCES,
      auditEvents: facts
        .filter(({ number }) => isTold(number))
        .map(toAuditEvent),
      faults: faultOf,
    });
    const started = Date.now();
    for (const name of ['a', 'b']) {
      await startReplica(name, 0, tools, catalogFile);
    }
    const delivered = facts.filter(({ number }) => isDelivered(number));
    const batches = Array.from(
      { length: Math.ceil(delivered.length / 100) },
      (_, at) => delivered.slice(at * 100, (at + 1) * 100),
    );
    const delivering = (async () => {
      for (const batch of batches) {
        await deliver(batch, urls);
        await delay(100);
      }
    })();
    let killed = 0;
    let duringPull = 0;
    while (killed < kills) {
      await delay(1_500 + Math.random() * 3_000);
      const name = ['a', 'b'][killed % 2];
      const victim = running.get(name);
      duringPull += (await isComplete().catch(() => false)) ? 0 : 1;
      running.delete(name);
      process.kill(victim.pid, 'SIGKILL');
      await victim.stop();
      killed++;
      await startReplica(name, killed, tools, catalogFile);
    }
    await delivering;
    while (!(await isComplete().catch(() => false))) {
      if (signal.aborted) {
        throw new SetupError(`Not complete after ${options.minutes} minutes`);
      }
      await delay(1_000);
    }
    await Promise.all([...running.values()].map(backend => backend.stop()));
    const verdict = await judge(facts);
    const calls = segment.requests.filter(
      ({ path: address }) => address === '/audit-events',
    );
    say(
      `${killed} kills, ${duringPull} of them before all was read; ${
        calls.length
      } calls of /audit-events, ${
        calls.filter(({ status }) => status !== 200).length
      } of them failed; ${((Date.now() - started) / 60_000).toFixed(
        1,
      )} minutes`,
    );
    say(
      `${verdict.wanted} facts, ${verdict.rows} events, of which ${verdict.united} were told by both; ${verdict.lost} lost, ${verdict.twice} twice`,
    );
    const both = facts.filter(
      ({ number }) => isDelivered(number) && isTold(number),
    ).length;
    return verdict.lost === 0 && verdict.twice === 0 && verdict.united === both
      ? 0
      : 1;
  } finally {
    await cleanUp();
  }
}
