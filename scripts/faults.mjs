// Kills the backend again and again while it records and forwards, and counts
// what arrives; docs/faults.md says how to read it:
//   npm run test:faults [-- --events 5000] [--database sqlite] [--control]
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { HELP, readOptions } from './faults/options.mjs';
import { printFindings } from './faults/printFindings.mjs';
import { runFaults } from './faults/runFaults.mjs';
import { runOutage } from './faults/runOutage.mjs';
import { SetupError, main, say } from './lib/log.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { onTermination, stopAll } from './lib/processes.mjs';
import { setup } from './lib/setup.mjs';
import { temporaryDirectory } from './lib/temporary.mjs';

/**
 * Processes by database, and seconds between their start and a kill. A process
 * that is alone has to wait up to ten seconds for its own lease after a kill.
 */
const stageOf = (name, replicas) =>
  name === 'sqlite' || replicas === 1
    ? { names: ['a'], killEverySeconds: 15 }
    : {
        names: Array.from({ length: replicas }, (_, at) => `r${at + 1}`),
        killEverySeconds: 5,
      };

let directory;
let postgres;

/** Starts the databases of the portal; SQLite's are files. */
async function openDatabase(name) {
  if (name === 'sqlite') {
    const files = path.join(directory, 'databases');
    mkdirSync(files);
    return { directory: files };
  }
  postgres = await startPostgres({ durable: true });
  return { connectionString: postgres.connectionString };
}

async function closeDatabase() {
  await postgres?.stop();
  postgres = undefined;
}

const cleanUp = async () => {
  await stopAll();
  await closeDatabase();
};

/** Rejects when the time is up, so that a run that hangs has an end. */
function timeLimit(signal, minutes) {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () =>
      reject(new SetupError(`Not done after ${minutes} minutes`)),
    );
  });
}

/** Runs on one database; whether it went as it must. */
async function runOn(name, { tools, options }) {
  const signal = AbortSignal.timeout(options.minutes * 60_000);
  const { names, killEverySeconds } = stageOf(name, options.replicas);
  say(`Processes on ${name}: ${names.length}`);
  const { failures, lost, facts, table } = await Promise.race([
    runFaults({
      ...{ tools, signal, names },
      options: {
        ...options,
        killEverySeconds: options.killEverySeconds ?? killEverySeconds,
      },
      directory: path.join(directory, name),
      database: await openDatabase(name),
    }),
    timeLimit(signal, options.minutes),
  ]);
  await closeDatabase();
  const code = printFindings({
    title: name,
    tables: [table],
    ...{ facts, failures },
  });
  if (!options.control) {
    return code === 0;
  }
  say(
    lost
      ? 'The control lost events, and that was found'
      : 'The control lost events, and nobody noticed',
  );
  return lost;
}

/** One destination away, on PostgreSQL; whether it went as it must. */
async function runAway({ tools, options }) {
  const { outage: seconds, backlog, trail } = options;
  const { failures, facts } = await runOutage({
    ...{ tools, seconds, backlog, trail },
    directory: path.join(directory, 'outage'),
    postgres: await openDatabase('postgres'),
  });
  await closeDatabase();
  return (
    printFindings({
      title: 'A destination that is away',
      ...{ facts, failures },
    }) === 0
  );
}

/** What is done instead, by the option that asks for it. */
const OTHERS = {
  '--export': async () =>
    (await import('./faults/exports/faultsWhileExporting.mjs'))
      .faultsWhileExporting,
  '--pull': async () => (await import('./faults/pull.mjs')).faultsWhilePulling,
  '--auditor': async () =>
    (await import('./faults/auditor.mjs')).faultsWhileAuditing,
  '--kill-database': async () =>
    (await import('./faults/database/killDatabase.mjs')).killDatabase,
  '--database-away': async () =>
    (await import('./faults/database/takeDatabaseAway.mjs')).takeDatabaseAway,
  '--foreign-transaction': async () =>
    (await import('./faults/database/foreignTransaction.mjs'))
      .besideTransaction,
  '--terminate': async () =>
    (await import('./faults/terminate/terminate.mjs')).terminateUnderLoad,
};

onTermination(cleanUp);
await main(async () => {
  const args = process.argv.slice(2);
  const [, other] =
    Object.entries(OTHERS).find(([option]) =>
      args.some(arg => arg.split('=')[0] === option),
    ) ?? [];
  if (other) {
    return (await other())(args);
  }
  const options = readOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const tools = await setup();
  directory = temporaryDirectory('faults');
  // What the backend and those who wait for it take for the service's token.
  process.env.AUDIT_TRAIL_TOKEN = randomBytes(24).toString('hex');
  try {
    if (options.outage) {
      return (await runAway({ tools, options })) ? 0 : 1;
    }
    const passed = [];
    for (const name of options.databases) {
      passed.push(await runOn(name, { tools, options }));
    }
    return passed.every(Boolean) ? 0 : 1;
  } finally {
    await cleanUp();
  }
});
