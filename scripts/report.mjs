// Ends a CI run with what failed and one line, "N passed, N failed":
//   node scripts/report.mjs STEPS_PASSED A_TEST_COMMAND_FAILED [FAILED_STEP...]
import path from 'node:path';
import { REPORTS_DIR } from './lib/paths.mjs';
import { jestResults, playwrightResults } from './lib/reports.mjs';

const [stepsPassed, testsFailed, ...failedSteps] = process.argv.slice(2);

const runs = [
  jestResults(path.join(REPORTS_DIR, 'jest.json')),
  playwrightResults(path.join(REPORTS_DIR, 'playwright.json')),
];
// A runner that ran nothing has failed, whatever its exit code says.
const empty = runs.filter(
  ({ passed, failures }) => passed + failures.length === 0,
);

const sum = (list, start) => list.reduce((a, b) => a + b, start);
const passed = sum(
  runs.map(run => run.passed),
  Number(stepsPassed),
);
let failed = sum(
  runs.map(run => run.failures.length),
  failedSteps.length + empty.length,
);
if (testsFailed === 'true' && failed === 0) {
  // Its tests passed, and yet the command failed.
  failed = 1;
}

for (const name of failedSteps) {
  console.log(`FAILED ${name}, see "=== ${name}" above\n`);
}
for (const { title, reason } of runs.flatMap(run => run.failures)) {
  console.log(`FAILED ${title}\n${reason}\n`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
