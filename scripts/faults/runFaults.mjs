import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TrailClient, signIn } from '../bench/client.mjs';
import { catalogFile } from '../bench/catalog.mjs';
import { formatCount } from '../bench/report.mjs';
import { createWorkspace, workspaceActivities } from '../bench/workspace.mjs';
import { say } from '../lib/log.mjs';
import { Intake } from './Intake.mjs';
import { Replicas } from './Replicas.mjs';
import { DESTINATIONS, controlEnvironment } from './destinations.mjs';
import { startReceivers } from './receivers.mjs';
import { readTrail } from './trail.mjs';
import { judge } from './verdict.mjs';

const POLL_MS = 2_000;
const SAY_MS = 30_000;
const CATALOG_RESOURCES = 100;

async function readActivities(url) {
  const client = new TrailClient(url, await signIn(url));
  const { items } = await client.get('/activities');
  return workspaceActivities(items);
}

/** How many events wait at the destinations, as an Owner sees it. */
async function readPending(url) {
  const client = new TrailClient(url, await signIn(url));
  const { items } = await client.get('/destinations');
  const ours = items.filter(({ id }) => DESTINATIONS.includes(id));
  return ours.reduce((sum, { pending }) => sum + pending, 0);
}

/** Kills one process after the other, each a while after all of them run. */
async function killUntil(stopped, { replicas, names, everySeconds, kills }) {
  for (let turn = 0; turn < (kills ?? Infinity); turn++) {
    // Not in step with anything.
    const waitMs = everySeconds * 1000 * (0.5 + Math.random());
    if (await Promise.race([stopped, delay(waitMs)])) {
      return;
    }
    await replicas.crash(names[turn % names.length]);
  }
}

/** Does something while processes are killed; ends when all of them run. */
async function whileKilling(options, work) {
  let stop;
  const stopped = new Promise(resolve => {
    stop = () => resolve(true);
  });
  const killing = killUntil(stopped, options);
  try {
    // A process that does not start again ends the run at once.
    await Promise.race([work(), killing.then(() => stopped)]);
  } finally {
    stop();
    await killing;
  }
}

/** Waits until nothing is left to be sent; asks whichever process runs. */
async function waitUntilSent({ replicas, intake, signal }) {
  for (;;) {
    signal.throwIfAborted();
    const [url] = replicas.urls;
    if (intake.done && url) {
      // One that is killed meanwhile is no answer.
      const pending = await readPending(url).catch(() => undefined);
      if (pending === 0) {
        return;
      }
    }
    await delay(POLL_MS);
  }
}

/**
 * Records events while processes are killed and receivers fail, waits until
 * all is sent, and judges what arrived.
 *
 * @param {{
 *   tools: object, options: object, signal: AbortSignal, directory: string,
 *   database: { connectionString?: string, directory?: string },
 *   names: string[],
 * }} run
 */
export async function runFaults(run) {
  const { tools, options, directory, database, names } = run;
  // Whoever records and waits is to end with the run, however that ends.
  const over = new AbortController();
  const signal = AbortSignal.any([run.signal, over.signal]);
  const { events, batch, control, killEverySeconds, kills } = options;
  const started = Date.now();
  mkdirSync(directory);
  const workspace = createWorkspace();
  database.catalogFile = path.join(directory, 'catalog.yaml');
  writeFileSync(
    database.catalogFile,
    catalogFile({
      resources: workspace.resources.slice(0, CATALOG_RESOURCES),
    }),
  );
  const receivers = await startReceivers(options);
  const replicas = new Replicas({
    ...{ tools, names, directory, receivers, batch, database },
    env: control ? controlEnvironment() : {},
  });
  let timer;
  try {
    await replicas.startAll();
    const intake = new Intake({
      ...{ events, workspace, replicas, signal },
      activities: await readActivities(replicas.urls[0]),
      token: process.env.AUDIT_TRAIL_TOKEN,
      file: path.join(directory, 'acknowledged'),
      allowed: () =>
        kills ? (events * (replicas.killed.size + 1)) / (kills + 1) : events,
    });
    timer = setInterval(() => {
      const arrived = Object.entries(receivers.calls()).map(
        ([name, calls]) =>
          `${formatCount(
            calls.reduce((sum, { count }) => sum + count, 0),
          )} at ${name}`,
      );
      say(
        `${formatCount(intake.acknowledged)} acknowledged, ${arrived.join(
          ', ',
        )}; ${replicas.killed.size} kills`,
      );
    }, SAY_MS);

    await whileKilling(
      { replicas, names, everySeconds: killEverySeconds, kills },
      () =>
        Promise.all([
          intake.run(),
          waitUntilSent({ replicas, intake, signal }),
        ]),
    );
    await replicas.stopAll();
    const verdict = judge({
      ...{ events, batch, killed: replicas.killed },
      alone: names.length === 1,
      trail: await readTrail(database, tools),
      ids: intake.acknowledgedIds(),
      calls: receivers.calls(),
    });
    verdict.facts.push(
      `${formatCount(intake.repeated)} posts sent again, ${formatCount(
        intake.known,
      )} of their events known already`,
      `${((Date.now() - started) / 60_000).toFixed(1)} minutes`,
    );
    return verdict;
  } finally {
    over.abort();
    clearInterval(timer);
    await replicas.stopAll();
    await receivers.close();
  }
}
