// Measures the Audit Trail against PostgreSQL itself and against its own smaller
// trail, as ratios within one run; docs/performance.md says how to read them:
//   npm run bench [-- --events 100000] [--requests 100] [--only page --only ingest]
import { main, say } from './lib/log.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { onTermination, stopAll } from './lib/processes.mjs';
import { setup } from './lib/setup.mjs';
import { machineFacts } from './bench/machine.mjs';
import { HELP, readOptions } from './bench/options.mjs';
import { PARTS } from './bench/parts/index.mjs';
import { printFacts, printSection } from './bench/report.mjs';
import { startStage } from './bench/stage.mjs';

let postgres;
let stage;
const cleanUp = async () => {
  await stage?.close();
  await stopAll();
  await postgres?.stop();
};

onTermination(cleanUp);
await main(async () => {
  const options = readOptions(process.argv.slice(2), Object.keys(PARTS));
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const tools = await setup();
  try {
    postgres = await startPostgres({ durable: true });
    stage = await startStage({ tools, postgres, options });
    printFacts(await machineFacts({ tools, stage }));
    let failures = 0;
    const fail = message => {
      failures++;
      say(`Failed: ${message}`);
    };
    for (const name of options.parts) {
      say(`Measuring: ${name}`);
      // What one part cannot measure does not lose what the others can.
      try {
        const section = await PARTS[name](stage);
        printSection(section);
        section.failures?.forEach(fail);
      } catch (error) {
        // A call that fails says why in its cause alone.
        fail(
          `${name}: ${[error.message, error.cause?.message]
            .filter(Boolean)
            .join(': ')}`,
        );
      }
    }
    return failures > 0 ? 1 : 0;
  } finally {
    await cleanUp();
  }
});
