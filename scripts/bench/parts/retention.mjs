import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { say } from '../../lib/log.mjs';
import { DEMO_USERS } from '../../lib/portal.mjs';
import { startBackend } from '../backend.mjs';
import { summarise, timed } from '../measure.mjs';
import {
  formatCount,
  formatMs,
  formatRate,
  formatRatio,
  table,
  timesTable,
} from '../report.mjs';

/** The trail has 90 days; so the oldest ninth goes. */
const KEPT_DAYS = 80;
/** As the plugin removes them. */
const STEP = 500;
const PAUSE_MS = 20;
/** Steps of plain deletes on either side of the prune. */
const BARE_STEPS = 20;
/** A backend prunes a minute after its start at the earliest. */
const START_SECONDS = 180;
const RUN_SECONDS = 420;

const OLDEST = `select array(select id from audit_events order by id limit ${STEP}) as ids`;

/** Removes the oldest events by nothing but deletes; milliseconds of each step. */
async function deleteBare(pg) {
  const samples = [];
  for (let step = 0; step < BARE_STEPS; step++) {
    samples.push(
      await timed(async () => {
        await pg.query('begin');
        const { rows } = await pg.query(OLDEST);
        for (const [name, column] of [
          ['audit_deliveries', 'event_id'],
          ['audit_event_aliases', 'event_id'],
          ['audit_event_resources', 'event_id'],
          ['audit_events', 'id'],
        ]) {
          await pg.query(`delete from ${name} where ${column} = any($1)`, [
            rows[0].ids,
          ]);
        }
        await pg.query('commit');
      }),
    );
  }
  return samples;
}

/** Waits for what the database says of the prune; `undefined` in the end. */
async function waitForRun(pg, seconds, condition) {
  const deadline = performance.now() + seconds * 1000;
  while (performance.now() < deadline) {
    const { rows } = await pg.query(
      `select removed::int from audit_prune_runs where ${condition}`,
    );
    if (rows[0]) {
      return rows[0];
    }
    await delay(50);
  }
  throw new Error(`No prune that is ${condition} within ${seconds} seconds`);
}

/** Milliseconds of each request, one after the other, until it is told to stop. */
async function read(request, goesOn) {
  const samples = [];
  while (goesOn(samples.length)) {
    samples.push(await timed(request));
  }
  return samples;
}

/** Retention by another replica: how fast, and what readers notice. */
export async function measureRetention(stage) {
  const { large, options, firstPage } = stage;
  const { pg, owner } = large;
  const pageOf = () => owner.get('/events', firstPage);
  const pages = () => read(pageOf, count => count < options.requests);
  const directory = path.join(stage.directory, 'retention');
  mkdirSync(directory);
  const replica = await startBackend({
    ...stage.common,
    ...{ directory, trail: 'large', user: DEMO_USERS.owner },
    auditTrail: { retention: { days: KEPT_DAYS } },
  });
  try {
    const bare = await deleteBare(pg);
    await read(pageOf, count => count < options.requests / 5);
    const before = await pages();
    say('Waiting for the prune to begin');
    await waitForRun(pg, START_SECONDS, 'not recorded');
    const start = performance.now();
    let ms;
    const running = waitForRun(pg, RUN_SECONDS, 'finished').then(run => {
      ms = performance.now() - start;
      return run;
    });
    running.catch(() => {});
    const during = await read(
      pageOf,
      () => ms === undefined && performance.now() - start < RUN_SECONDS * 1000,
    );
    const { removed } = await running;
    const after = await pages();
    bare.push(...(await deleteBare(pg)));

    const step = ms / (removed / STEP);
    const bareStep = summarise(bare).median;
    return {
      title: 'Retention by another replica',
      tables: [
        table(
          ['way', 'time of a step ÷ first', 'time of a step', 'rate'],
          [
            [
              `deletes of ${STEP} events in PostgreSQL`,
              formatRatio(1),
              formatMs(bareStep),
              formatRate(STEP / (bareStep / 1000), 'events'),
            ],
            [
              'a prune, without its pauses',
              formatRatio((step - PAUSE_MS) / bareStep),
              formatMs(step - PAUSE_MS),
              formatRate(STEP / ((step - PAUSE_MS) / 1000), 'events'),
            ],
            [
              'a prune',
              formatRatio(step / bareStep),
              formatMs(step),
              formatRate(removed / (ms / 1000), 'events'),
            ],
          ],
        ),
        timesTable({
          "an Owner's first page, before and after": summarise([
            ...before,
            ...after,
          ]),
          'the same during the prune': summarise(during),
        }),
      ],
      notes: [
        `${formatCount(removed)} of ${formatCount(
          large.events,
        )} events removed in ${(ms / 1000).toFixed(
          1,
        )} seconds, ${STEP} a transaction with ${PAUSE_MS} ms between two; ${formatCount(
          during.length,
        )} requests meanwhile, ${formatCount(
          before.length + after.length,
        )} without. Target: p99 below 250 ms.`,
      ],
    };
  } finally {
    await replica.stop();
  }
}
