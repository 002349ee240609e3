// Ends a CI run with one line, "N passed, N failed":
//   node scripts/report.mjs STEPS_PASSED STEPS_FAILED A_TEST_COMMAND_FAILED
import path from 'node:path';
import { REPORTS_DIR } from './lib/paths.mjs';
import { jestCounts, playwrightCounts } from './lib/reports.mjs';

const [stepsPassed, stepsFailed, testsFailed] = process.argv.slice(2);

const runs = [
  jestCounts(path.join(REPORTS_DIR, 'jest.json')),
  playwrightCounts(path.join(REPORTS_DIR, 'playwright.json')),
];
// A runner that ran nothing has failed, whatever its exit code says.
const empty = runs.filter(({ passed, failed }) => passed + failed === 0);

const sum = (list, start) => list.reduce((a, b) => a + b, start);
const passed = sum(
  runs.map(run => run.passed),
  Number(stepsPassed),
);
let failed = sum(
  runs.map(run => run.failed),
  Number(stepsFailed) + empty.length,
);
if (testsFailed === 'true' && failed === 0) {
  // Its tests passed, and yet the command failed.
  failed = 1;
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
