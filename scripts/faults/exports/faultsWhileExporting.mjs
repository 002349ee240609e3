// Kills the backend in the middle of exports, lets readers go away, and reads
// slowly; docs/faults.md says how to read it:
//   npm run test:faults -- --export [--events 100000] [--points 10]
import { randomBytes } from 'node:crypto';
import { formatCount, formatMegabytes, formatMs } from '../../bench/report.mjs';
import { say } from '../../lib/log.mjs';
import { startPostgres } from '../../lib/postgres.mjs';
import { stopAll } from '../../lib/processes.mjs';
import { setup } from '../../lib/setup.mjs';
import { temporaryDirectory } from '../../lib/temporary.mjs';
import { printFindings } from '../printFindings.mjs';
import { goneAtPoints } from './goneAtPoints.mjs';
import { killAtPoints } from './killAtPoints.mjs';
import { readOptions } from './options.mjs';
import { beginExport, readUntil, sha256 } from './reading.mjs';
import { readSlowly } from './readSlowly.mjs';
import { startStage } from './stage.mjs';
import { waitForEnds } from './waitForEnds.mjs';

/** An export that nobody disturbs, as the measure of the others. */
async function exportWhole({ owner }, { events }) {
  const exported = await beginExport(owner);
  const { ended, parts, length } = await readUntil(exported, Infinity);
  const { rows, sha256: expected } = await owner.get(`/exports/${exported.id}`);
  const failures = [
    [!ended, 'an export that nobody disturbs broke off'],
    [expected !== sha256(parts), 'its hash is another one'],
    [rows < events, 'it has fewer rows than there are events'],
  ].flatMap(([failed, what]) => (failed ? [what] : []));
  return { rows, length, failures };
}

async function disturbExports(stage, { events, points, slow }) {
  const whole = await exportWhole(stage, { events });
  const killed = await killAtPoints(stage, { points, whole });
  const gone = await goneAtPoints(stage, { points, whole });
  const slowly = await readSlowly(stage, { seconds: slow });
  say('Waiting for the ends of the exports that were lost');
  const ids = [...killed.ids, ...gone.ids];
  const ends = await waitForEnds(stage.owner, ids);
  const failures = [whole, killed, gone, slowly].flatMap(one => one.failures);
  for (const [count, what] of [
    [ends.open, 'exports have no end in the trail'],
    [ends.more, 'exports have more than one end in the trail'],
    [ends.succeeded, 'exports that were cut off are said to be complete'],
  ]) {
    if (count > 0) {
      failures.push(`${count} ${what}`);
    }
  }
  return {
    failures,
    facts: [
      `A file of ${formatCount(whole.rows)} rows and ${formatMegabytes(
        whole.length,
      )}`,
      `${points} kills, at as many points of the file: ${killed.failures.length} files taken for whole`,
      `${points} readers that went away: ${
        gone.failures.length
      } queries went on; the longest ended after ${formatMs(gone.longest)}`,
      ...slowly.facts,
      `In the trail: ${ids.length - ends.open} ends of ${ids.length} exports`,
    ],
  };
}

/** Runs it all; resolves to the exit code. */
export async function faultsWhileExporting(args) {
  const options = readOptions(args);
  const tools = await setup();
  const directory = temporaryDirectory('exports');
  process.env.AUDIT_TRAIL_TOKEN = randomBytes(24).toString('hex');
  const postgres = await startPostgres({ durable: true });
  let stage;
  try {
    stage = await startStage({
      ...{ tools, postgres, directory },
      events: options.events,
    });
    const { facts, failures } = await disturbExports(stage, options);
    return printFindings({
      title: 'Exports that are cut off',
      ...{ facts, failures },
    });
  } finally {
    await stage?.pg.end().catch(() => {});
    await stopAll();
    await postgres.stop();
  }
}
