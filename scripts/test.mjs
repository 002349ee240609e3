// Runs every jest suite, on SQLite and on a PostgreSQL of its own:
//   npm test [-- arguments of jest]
import { SetupError, main, say } from './lib/log.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { onTermination, stopAll } from './lib/processes.mjs';
import { freshReport, jestResults } from './lib/reports.mjs';
import { setup } from './lib/setup.mjs';

const CONNECTION = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

let postgres;
const cleanUp = async () => postgres?.stop();

onTermination(cleanUp);
await main(async () => {
  const args = process.argv.slice(2);
  const { tool } = await setup();
  const report = freshReport('jest.json');
  try {
    if (!process.env[CONNECTION]) {
      postgres = await startPostgres();
    }
    const code = await tool(
      [
        ...['backstage-cli', 'repo', 'test'],
        ...['--json', `--outputFile=${report}`, ...args],
      ],
      {
        env: {
          CI: 'true',
          BACKSTAGE_TEST_DISABLE_DOCKER: '1',
          [CONNECTION]: process.env[CONNECTION] ?? postgres.connectionString,
        },
      },
    );
    const { passed, failures } = jestResults(report);
    say(`jest: ${passed} passed, ${failures.length} failed`);
    if (passed + failures.length === 0) {
      throw new SetupError('No test has run.');
    }
    return code;
  } finally {
    await stopAll();
    await cleanUp();
  }
});
