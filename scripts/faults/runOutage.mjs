import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startBackend } from '../bench/backend.mjs';
import { catalogFile } from '../bench/catalog.mjs';
import { TrailClient, signIn } from '../bench/client.mjs';
import { loadEvents, tidy } from '../bench/data.mjs';
import { DATABASES, connect } from '../bench/database.mjs';
import { ingestBatch } from '../bench/ingestBatch.mjs';
import { inParallel } from '../bench/measure.mjs';
import { startWebhookReceiver } from '../bench/receiver.mjs';
import {
  formatCount,
  formatMegabytes,
  formatMs,
  formatRatio,
} from '../bench/report.mjs';
import { residentMemory } from '../bench/residentMemory.mjs';
import { createWorkspace, workspaceActivities } from '../bench/workspace.mjs';
import { DEMO_USERS } from '../lib/portal.mjs';
import { say } from '../lib/log.mjs';
import { EVENTS_PER_SECOND, SteadyIntake, latency } from './SteadyIntake.mjs';
import { webhookEnvironment } from './destinations.mjs';
import { collectingEnvironment, heldMemory } from './heldMemory.mjs';

const CATALOG_RESOURCES = 100;
/** Most that another destination may be slower, and that may be held more. */
const MAX_RATIO = 1.2;
const MAX_MEMORY = 50 * 1024 * 1024;
/** After an outage of an hour all is sent within ten minutes. */
const MAX_DRAIN_PART = 10 / 60;
/** Nobody waits longer than this for what is still to be sent. */
const MAX_WAIT_SECONDS = 30 * 60;
/** Longest pause between two tries, which comes before that. */
const MAX_PAUSE_SECONDS = 60;
/** How a backlog is recorded: as fast as it is taken. */
const BACKLOG_EVENTS_PER_POST = 1_000;
const BACKLOG_WORKERS = 4;
/** The process and its database come to rest after that. */
const REST_SECONDS = 30;
/** As long as the outage, to compare it with, but no longer than this. */
const MAX_BEFORE_SECONDS = 10 * 60;

async function stateOf(url, id) {
  const owner = new TrailClient(url, await signIn(url));
  const { items } = await owner.get('/destinations');
  return items.find(item => item.id === id).state;
}

/** Records events as fast as they are taken; resolves to how many. */
async function recordAtOnce({ service, workspace, activities }, events) {
  const posts = Array.from({
    length: Math.ceil(events / BACKLOG_EVENTS_PER_POST),
  });
  await inParallel(posts, BACKLOG_WORKERS, () =>
    service.post(
      '/events',
      ingestBatch({ workspace, activities, size: BACKLOG_EVENTS_PER_POST }),
    ),
  );
  return posts.length * BACKLOG_EVENTS_PER_POST;
}

/** Gives the trail events of the last 90 days, which are not forwarded. */
async function fillTrail({ workspace, activities }, { postgres, events }) {
  const pg = await connect(postgres.connectionString, DATABASES.large);
  try {
    await loadEvents(pg, { workspace, activities, events });
    await tidy(pg);
  } finally {
    await pg.end();
  }
}

/**
 * One of two destinations is away while events come at a steady rate: what that
 * does to the other one and to the process, and how soon all is sent afterwards.
 */
export async function runOutage({
  tools,
  seconds,
  backlog,
  trail,
  directory,
  postgres,
}) {
  mkdirSync(directory);
  const beforeSeconds = Math.min(seconds, MAX_BEFORE_SECONDS);
  const workspace = createWorkspace();
  const catalog = path.join(directory, 'catalog.yaml');
  const resources = workspace.resources.slice(0, CATALOG_RESOURCES);
  writeFileSync(catalog, catalogFile({ resources }));
  const receivers = {
    up: await startWebhookReceiver(),
    down: await startWebhookReceiver(),
  };
  let backend;
  let stream;
  try {
    backend = await startBackend({
      tools: {
        ...tools,
        env: {
          ...tools.env,
          ...collectingEnvironment(),
          ...webhookEnvironment({
            up: receivers.up.url,
            down: receivers.down.url,
          }),
        },
      },
      ...{ postgres, directory, catalogFile: catalog },
      receiverUrl: receivers.up.url,
      trail: 'large',
      user: DEMO_USERS.owner,
      withoutCatalog: true,
    });
    const owner = new TrailClient(backend.url, await signIn(backend.url));
    const { items } = await owner.get('/activities');
    const source = {
      service: new TrailClient(backend.url, process.env.AUDIT_TRAIL_TOKEN),
      ...{ workspace, activities: workspaceActivities(items) },
    };
    if (trail > 0) {
      await fillTrail(source, { postgres, events: trail });
    }
    stream = new SteadyIntake(source);
    say('Warming up');
    await delay(beforeSeconds * 250);
    const held = { before: await heldMemory(backend.pid) };

    say('Both destinations are there');
    const before = performance.now();
    const memory = { before: 0, meanwhile: 0 };
    let phase = 'before';
    const look = setInterval(() => {
      const now = residentMemory(backend.pid) ?? 0;
      memory[phase] = Math.max(memory[phase], now);
    }, 500);
    await delay(beforeSeconds * 1000);
    phase = 'meanwhile';

    say('One is away');
    const outage = performance.now();
    receivers.down.fail(true);
    await delay(seconds * 1000);
    const outageEnd = performance.now();
    const more = await recordAtOnce(source, backlog);
    if (more > 0) {
      say('Many more wait');
      await receivers.up.arrived(stream.answered.size + more);
      await delay(REST_SECONDS * 1000);
    }
    const state = await stateOf(backend.url, 'down');
    held.waiting = await heldMemory(backend.pid);
    const back = performance.now();
    receivers.down.fail(false);

    const waiting = stream.answered.size + more - receivers.down.times.size;
    say(`It is back; ${formatCount(waiting)} events wait, it is ${state}`);
    // What waits may wait for the next try, which the back-off chooses.
    while (receivers.down.times.size < stream.answered.size + more - 200) {
      await delay(200);
      if (performance.now() - back > MAX_WAIT_SECONDS * 1000) {
        break;
      }
    }
    const drained = performance.now();
    clearInterval(look);
    held.sent = await heldMemory(backend.pid);
    // In the order in which they arrived.
    const tried = [...receivers.down.times.values()].find(at => at > back);
    await stream.stop();
    await receivers.up.arrived(stream.answered.size + more);
    await receivers.down.arrived(stream.answered.size + more);

    const quiet = latency(stream, receivers.up, [[before, outage]]);
    const busy = latency(stream, receivers.up, [
      [outage, outageEnd],
      [back, drained],
    ]);
    const away = latency(stream, receivers.up, [[outage, outageEnd]]);
    const draining = latency(stream, receivers.up, [[back, drained]]);
    const ratio = busy.p99 / quiet.p99;
    const pauseSeconds = (tried - back) / 1000;
    const drainSeconds = (drained - tried) / 1000;
    // As long as it takes for so many to wait.
    const awaySeconds = seconds + more / EVENTS_PER_SECOND;
    const growth = Math.max(held.waiting, held.sent) - held.before;
    return {
      failures: [
        [
          stream.failed > 0,
          `${stream.failed} posts failed: ${stream.reasons
            .slice(0, 5)
            .join('; ')}`,
        ],
        [ratio > MAX_RATIO, 'the other destination was slower than it may be'],
        [
          drainSeconds > awaySeconds * MAX_DRAIN_PART,
          'what waited took longer than a sixth of the outage',
        ],
        [pauseSeconds > MAX_PAUSE_SECONDS, 'it was not tried in time'],
        [growth > MAX_MEMORY, 'the process held more memory than it may'],
      ].flatMap(([failed, what]) => (failed ? [what] : [])),
      facts: [
        `A trail of ${formatCount(trail)} events before`,
        `${formatCount(
          stream.answered.size,
        )} events at ${EVENTS_PER_SECOND} a second and ${formatCount(
          more,
        )} at once, each at both destinations; one was away for ${seconds} seconds and ${formatCount(
          waiting,
        )} waited`,
        `From the answer to the other destination: p99 ${formatMs(
          quiet.p99,
        )} before, ${formatMs(
          busy.p99,
        )} meanwhile and until all was sent (${formatRatio(ratio)}): ${formatMs(
          away.p99,
        )} while the first was away, ${formatMs(
          draining.p99,
        )} while what waited was sent`,
        `The next try came ${pauseSeconds.toFixed(
          1,
        )} seconds after it was back, and ${drainSeconds.toFixed(
          1,
        )} seconds later all was sent`,
        `Memory that the process held: ${formatMegabytes(
          held.before,
        )} before, ${formatMegabytes(
          held.waiting,
        )} when most waited, ${formatMegabytes(held.sent)} when all was sent`,
        `Memory that it had of the system: at most ${formatMegabytes(
          memory.before,
        )} in ${beforeSeconds} seconds before, ${formatMegabytes(
          memory.meanwhile,
        )} meanwhile`,
      ],
    };
  } finally {
    await stream?.stop();
    await backend?.stop();
    await Promise.all([receivers.up.close(), receivers.down.close()]);
  }
}
