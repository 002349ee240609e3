import { setTimeout as delay } from 'node:timers/promises';
import { summarise, timed } from '../../bench/measure.mjs';
import { formatCount, formatMegabytes, formatMs } from '../../bench/report.mjs';
import { residentMemory } from '../../bench/residentMemory.mjs';
import { ExportedIds, compareIds, noteEvents } from './ExportedIds.mjs';
import { Pruning } from './Pruning.mjs';
import { beginExport, longestTransaction } from './reading.mjs';
import { recordAtRate } from './recordAtRate.mjs';

/** A slow reader takes a piece of so many bytes, and rests. */
const SLOW_BYTES = 64 * 1024;
const SLOW_PAUSE_MS = 1_000;
const LOOK_MS = 250;
/** Until recording has all the memory that it needs. */
const WARM_UP_MS = 15_000;
const MAX_MEMORY = 80 * 1024 * 1024;
const MAX_TRANSACTION_SECONDS = 2;
/** In so long a retention that may has looked what is to go. */
const TURN_SECONDS = 150;

/** Reads a file slowly for some seconds, and then the rest. */
async function readAll(body, seconds) {
  const file = new ExportedIds();
  const end = performance.now() + seconds * 1000;
  let next = SLOW_BYTES;
  for await (const part of body) {
    file.add(part);
    while (file.length >= next && performance.now() < end) {
      next += SLOW_BYTES;
      await delay(SLOW_PAUSE_MS);
    }
  }
  return file;
}

/** Looks at pages, sessions and memory until it is told to stop. */
function watch({ owner, pg, backend }, pruning) {
  const before = residentMemory(backend.pid);
  const seen = { growth: 0, longest: { seconds: 0 }, reads: [] };
  const turns = new Set();
  let over = false;
  const watching = (async () => {
    while (!over) {
      seen.reads.push(await timed(() => owner.get('/events', { limit: '50' })));
      const now = residentMemory(backend.pid) ?? 0;
      seen.growth = Math.max(seen.growth, now - before);
      const transaction = await longestTransaction(pg);
      if (transaction?.seconds > seen.longest.seconds) {
        seen.longest = transaction;
      }
      await pruning.makeDue();
      turns.add(await pruning.lastTurn());
      await delay(LOOK_MS);
    }
  })();
  // It is awaited below; a failure until then is no unhandled one.
  watching.catch(() => {});
  return async () => {
    over = true;
    await watching;
    // The first one is of before.
    return { ...seen, turns: turns.size - 1 };
  };
}

async function readBeside(stage, { seconds, pruning, recording }) {
  const { owner, pg } = stage;
  const thereThen = await noteEvents(pg);
  const isPruning = await pruning.waitForFirst();
  const acknowledged = recording.ids();
  const exported = await beginExport(owner, undefined, 'ndjson');
  const expected = await thereThen();
  const toGo = await pruning.left();
  const stopWatching = watch(stage, pruning);
  const file = await readAll(exported.body, seconds);
  const seen = await stopWatching();
  const record = await owner.get(`/exports/${exported.id}`);
  const complete = record.status === 'complete';
  const { longest } = seen;
  return {
    failures: [
      [!complete, `the slow export is ${record.status} (${record.reason})`],
      [file.sha256() !== record.sha256, 'the slow export is another file'],
      [
        seen.growth > MAX_MEMORY,
        'the slow export needed more memory than it may',
      ],
      [
        longest.seconds > MAX_TRANSACTION_SECONDS,
        `a transaction took ${longest.seconds.toFixed(1)} s (${
          longest.state
        }): ${longest.query}`,
      ],
      [
        seconds >= TURN_SECONDS && seen.turns === 0,
        'nobody tried to prune while the slow export ran',
      ],
    ]
      .flatMap(([failed, what]) => (failed ? [what] : []))
      .concat(compareIds(file, expected, acknowledged)),
    facts: [
      `A reader that took ${
        (SLOW_BYTES * 1000) / SLOW_PAUSE_MS / 1024
      } KB a second for ${seconds} seconds and then all: ${formatCount(
        record.rows,
      )} rows and ${formatMegabytes(file.length)}; memory ${formatMegabytes(
        seen.growth,
      )} more at most; no transaction longer than ${longest.seconds.toFixed(
        1,
      )} s; pages meanwhile p99 ${formatMs(summarise(seen.reads).p99)}`,
      `It began ${
        isPruning ? 'in the middle of' : 'after'
      } a prune, and ${formatCount(
        toGo,
      )} events were still to go, of which it has each; retention looked for them ${
        seen.turns
      } times meanwhile`,
    ],
  };
}

/**
 * A reader that takes its time, while others record and look at pages, and
 * another replica prunes.
 */
export async function readSlowly(stage, { seconds }) {
  const pruning = await Pruning.start(stage);
  const recording = recordAtRate(stage, [stage.backend.url, pruning.url]);
  try {
    await delay(WARM_UP_MS);
    const { failures, facts } = await readBeside(stage, {
      ...{ seconds, pruning, recording },
    });
    const recorded = await recording.stop();
    if (!(await pruning.waitForLast())) {
      failures.push('what the slow export held back is not pruned after it');
    }
    return {
      failures,
      facts: [
        ...facts,
        `${formatCount(
          recorded,
        )} events recorded meanwhile; what it held back was pruned after it`,
      ],
    };
  } finally {
    await recording.stop();
    await pruning.stop();
  }
}
