import { setTimeout as delay } from 'node:timers/promises';
import { ingestBatch } from '../ingestBatch.mjs';
import { inParallel, summarise, timed } from '../measure.mjs';
import {
  formatCount,
  formatMs,
  formatRate,
  formatRatio,
  table,
} from '../report.mjs';

const ROUNDS = 3;
const BATCHES = 50;
const EVENTS_PER_BATCH = 1_000;
const QUEUED = BATCHES * EVENTS_PER_BATCH;

/** As sources send them: some at a time. */
const EVENTS_PER_POST = 10;
const POSTS_PER_SECOND = 20;
const SECONDS = 20;

const median = values => summarise(values).median;

const change = (owner, changes) =>
  owner.patch('/destinations/bench', JSON.stringify(changes));

/** From the intake's answer until the receiver has the event. */
async function measureLatency({ large, receiver, workspace, activities }) {
  receiver.forget();
  const answered = new Map();
  const start = performance.now();
  const calls = [];
  for (let n = 0; n < POSTS_PER_SECOND * SECONDS; n++) {
    const wait = start + (n * 1000) / POSTS_PER_SECOND - performance.now();
    await delay(Math.max(0, wait));
    const body = ingestBatch({ workspace, activities, size: EVENTS_PER_POST });
    calls.push(
      large.service.post('/events', body).then(({ ids }) => {
        const now = performance.now();
        ids.forEach(id => answered.set(id, now));
      }),
    );
  }
  await Promise.all(calls);
  await receiver.arrived(answered.size);
  return summarise(
    // What arrives before its answer has been read has not waited.
    [...answered].map(([id, at]) => Math.max(0, receiver.times.get(id) - at)),
  );
}

/** How fast what was kept goes out, in events a second. */
async function measureDrain({ large, receiver, workspace, activities }) {
  await change(large.owner, { paused: true });
  receiver.forget();
  const bodies = Array.from({ length: BATCHES }, () =>
    ingestBatch({ workspace, activities, size: EVENTS_PER_BATCH }),
  );
  await inParallel(bodies, 4, body => large.service.post('/events', body));
  const ms = await timed(async () => {
    await change(large.owner, { paused: false });
    await receiver.arrived(QUEUED);
  });
  return QUEUED / (ms / 1000);
}

/** The same by nothing but claiming and deleting in PostgreSQL. */
async function measureBareQueue(pg) {
  await pg.query('drop table if exists bench_queue');
  await pg.query(
    `create table bench_queue as
     select id, to_jsonb(audit_events)::text as payload
     from audit_events order by id desc limit ${QUEUED}`,
  );
  await pg.query('create unique index on bench_queue (id)');
  await pg.query('analyze bench_queue');
  let left = QUEUED;
  const ms = await timed(async () => {
    while (left > 0) {
      const { rows } = await pg.query(
        `delete from bench_queue where id in (
           select id from bench_queue order by id
           for update skip locked limit ${EVENTS_PER_BATCH}
         ) returning payload`,
      );
      left -= rows.length;
    }
  });
  await pg.query('drop table bench_queue');
  return QUEUED / (ms / 1000);
}

/** Forwarding to a receiver of webhooks on this machine. */
export async function measureForwarding(stage) {
  const { large } = stage;
  const rates = { queue: [], drain: [] };
  await change(large.owner, { enabled: true });
  try {
    const latency = await measureLatency(stage);
    for (let round = 0; round < ROUNDS; round++) {
      rates.queue.push(await measureBareQueue(large.pg));
      rates.drain.push(await measureDrain(stage));
    }
    const ratios = rates.drain.map((rate, round) => rate / rates.queue[round]);
    return {
      title: 'Forwarding to a webhook',
      tables: [
        table(
          ['way', 'rate ÷ first', 'lowest and highest round', 'rate'],
          [
            [
              'claiming and deleting in PostgreSQL, 1,000 at a time',
              formatRatio(1),
              '',
              formatRate(median(rates.queue), 'events'),
            ],
            [
              'a queue that drains to the receiver',
              formatRatio(median(ratios)),
              `${formatRatio(Math.min(...ratios))} – ${formatRatio(
                Math.max(...ratios),
              )}`,
              formatRate(median(rates.drain), 'events'),
            ],
          ],
        ),
      ],
      notes: [
        `${ROUNDS} rounds of each, alternately, of ${formatCount(
          QUEUED,
        )} events, signed and posted ${formatCount(
          EVENTS_PER_BATCH,
        )} at a time. Target: 0.40 × at least.`,
        `From the answer of \`POST /v1/events\` to the receiver, at ${
          POSTS_PER_SECOND * EVENTS_PER_POST
        } events a second, ${EVENTS_PER_POST} at a time, for ${SECONDS} seconds: ${formatMs(
          latency.median,
        )} (median), ${formatMs(latency.p99)} (p99). Target: p99 below 250 ms.`,
      ],
    };
  } finally {
    await change(large.owner, { enabled: false });
  }
}
