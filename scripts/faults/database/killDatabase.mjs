// Kills PostgreSQL while events are recorded, and counts what it has of them;
// docs/faults.md says how to read it:
//   npm run test:faults -- --kill-database [--events 20000] [--kills 10] [--control]
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { formatCount } from '../../bench/report.mjs';
import { SetupError, say } from '../../lib/log.mjs';
import { Intake } from '../Intake.mjs';
import { printFindings } from '../printFindings.mjs';
import { readTrail } from '../trail.mjs';
import { signalServer } from './serverProcesses.mjs';
import { setStage } from './stage.mjs';

const LOOK_MS = 5;
/** How long what is recorded may take to be at the destination. */
const ARRIVAL_MS = 5 * 60_000;

function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      'kill-database': { type: 'boolean' },
      events: { type: 'string', default: '20000' },
      kills: { type: 'string', default: '10' },
      minutes: { type: 'string', default: '20' },
      control: { type: 'boolean', default: false },
    },
  });
  const [events, kills, minutes] = ['events', 'kills', 'minutes'].map(name =>
    Number(values[name]),
  );
  if (!(events >= 1_000 && kills >= 1 && minutes >= 1)) {
    throw new SetupError(
      '--events, --kills and --minutes: give at least 1000, 1 and 1',
    );
  }
  return { events, kills, minutes, control: values.control };
}

/**
 * Kills the server somewhere in each part of what is recorded, and starts it
 * again at once.
 */
async function killInEachPart({ postgres, intake, events, kills, signal }) {
  for (let turn = 0; turn < kills; turn++) {
    const at = (events * (turn + 0.2 + 0.6 * Math.random())) / kills;
    while (intake.acknowledged < at) {
      signal.throwIfAborted();
      await delay(LOOK_MS);
    }
    const started = Date.now();
    await signalServer(postgres.pid, 'SIGKILL');
    await postgres.restart();
    say(
      `PostgreSQL killed after ${formatCount(
        intake.acknowledged,
      )} events, and there again after ${Date.now() - started} ms`,
    );
  }
}

/** Waits for what is on its way; whether all of the table has arrived. */
async function waitForArrivals(receiver, ids) {
  const end = Date.now() + ARRIVAL_MS;
  while (Date.now() < end && ids.some(id => !receiver.times.has(id))) {
    await delay(500);
  }
  return ids.filter(id => !receiver.times.has(id)).length;
}

/**
 * Kills PostgreSQL during intake.
 *
 * @returns {Promise<number>} the exit code; the control has to lose events
 */
export async function killDatabase(args) {
  const { events, kills, minutes, control } = readOptions(args);
  const stage = await setStage({
    // Commits are told before they are on disk; nothing else is wrong.
    settings: control ? { synchronous_commit: 'off' } : {},
  });
  try {
    const { postgres, receiver, workspace, activities, backend } = stage;
    const signal = AbortSignal.timeout(minutes * 60_000);
    const intake = new Intake({
      ...{ events, workspace, activities, signal },
      replicas: { urls: [backend.url] },
      token: process.env.AUDIT_TRAIL_TOKEN,
      file: path.join(stage.directory, 'acknowledged'),
      allowed: () => events,
    });
    await Promise.all([
      intake.run(),
      killInEachPart({ postgres, intake, events, kills, signal }),
    ]);
    const acknowledged = intake.acknowledgedIds();
    const { ids } = await readTrail(postgres, {});
    const rows = new Set(ids);
    const lost = acknowledged.filter(id => !rows.has(id)).length;
    const twice = ids.length - rows.size;
    const neverTold = ids.length - twice - new Set(acknowledged).size + lost;
    const missing = await waitForArrivals(receiver, ids);
    const code = printFindings({
      title: 'PostgreSQL killed while events are recorded',
      facts: [
        `${formatCount(
          acknowledged.length,
        )} events acknowledged, ${kills} kills; ${
          intake.repeated
        } posts sent again, ${formatCount(
          intake.known,
        )} of their events known already; ${formatCount(ids.length)} rows`,
      ],
      failures: [
        [lost, 'acknowledged events are lost'],
        [twice, 'rows are there twice'],
        [neverTold, 'rows are there that nobody was told of'],
        [missing, 'events did not arrive at the destination'],
      ].flatMap(([count, what]) =>
        count === 0 ? [] : [`${formatCount(count)} ${what}`],
      ),
    });
    if (control) {
      say(
        lost > 0
          ? 'The control lost events, and that was found'
          : 'The control lost nothing that was noticed',
      );
      return lost > 0 ? 0 : 1;
    }
    return code;
  } finally {
    await stage.clear();
  }
}
