import { setTimeout as delay } from 'node:timers/promises';
import { summarise, timed } from '../../bench/measure.mjs';
import { formatCount, formatMegabytes, formatMs } from '../../bench/report.mjs';
import { residentMemory } from '../../bench/residentMemory.mjs';
import { beginExport, runningCopies, sha256 } from './reading.mjs';

/** A slow reader takes a piece of so many bytes, and rests. */
const SLOW_BYTES = 64 * 1024;
const SLOW_PAUSE_MS = 250;
const MAX_MEMORY = 80 * 1024 * 1024;
const MAX_TRANSACTION_SECONDS = 5;

/** Reads a file slowly for some seconds, and then the rest. */
async function readAll(body, seconds) {
  const parts = [];
  const end = performance.now() + seconds * 1000;
  let next = SLOW_BYTES;
  let length = 0;
  for await (const part of body) {
    parts.push(part);
    length += part.length;
    while (length >= next && performance.now() < end) {
      next += SLOW_BYTES;
      await delay(SLOW_PAUSE_MS);
    }
  }
  return { hash: sha256(parts), length };
}

/** A reader that takes its time, while another one looks at pages. */
export async function readSlowly({ owner, pg, backend }, { seconds, whole }) {
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
  const got = await readAll(exported.body, seconds);
  reading = false;
  await others;
  const record = await owner.get(`/exports/${exported.id}`);
  const { p99 } = summarise(reads);
  const growth = memory.peak - memory.before;
  const failures = [
    [record.status !== 'complete', `the slow export is ${record.status}`],
    [got.hash !== record.sha256, 'the slow export is another file'],
    [got.length < whole.length, 'the slow export is shorter'],
    [growth > MAX_MEMORY, 'the slow export needed more memory than it may'],
    [
      longest > MAX_TRANSACTION_SECONDS,
      'the slow export held a transaction open',
    ],
  ].flatMap(([failed, what]) => (failed ? [what] : []));
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
