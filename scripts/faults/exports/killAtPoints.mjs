import { say } from '../../lib/log.mjs';
import { beginExport, readUntil, sha256 } from './reading.mjs';

/** Exports of a process that is killed, each at another point of the file. */
export async function killAtPoints(stage, { points, whole }) {
  const failures = [];
  const ids = [];
  for (let point = 0; point < points; point++) {
    const part = (point + 0.5) / points;
    const exported = await beginExport(stage.owner);
    ids.push(exported.id);
    const got = await readUntil(exported, part * whole.length, () => {
      process.kill(stage.backend.pid, 'SIGKILL');
    });
    say(`Killed after ${Math.round(100 * part)} % of the file`);
    await stage.restart();
    const record = await stage.owner.get(`/exports/${exported.id}`);
    // By the rule of docs/exporting.md a reader would take it for the whole file.
    const taken = record.status === 'complete' && record.bytes === got.length;
    if ((got.ended || taken) && sha256(got.parts) !== record.sha256) {
      failures.push(`killed at ${part}: a part is taken for the whole file`);
    }
  }
  return { failures, ids };
}
