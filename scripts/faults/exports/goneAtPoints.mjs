import { timed } from '../../bench/measure.mjs';
import { beginExport, readUntil, runningCopies } from './reading.mjs';

/** Within this an export whose reader is gone has no query any more. */
const GONE_MS = 2_000;

/** Readers that go away, each at another point of the file. */
export async function goneAtPoints({ owner, pg }, { points, whole }) {
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
