import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { REPORTS_DIR } from './paths.mjs';

/** Where a runner writes its JSON summary; an older one is removed. */
export function freshReport(name) {
  const file = path.join(REPORTS_DIR, name);
  mkdirSync(REPORTS_DIR, { recursive: true });
  rmSync(file, { force: true });
  return file;
}

const readJson = file =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;

/** Passed and failed tests of jest's summary; suites that broke count too. */
export function jestCounts(file) {
  const summary = readJson(file);
  return {
    passed: summary?.numPassedTests ?? 0,
    failed:
      (summary?.numFailedTests ?? 0) +
      (summary?.numRuntimeErrorTestSuites ?? 0),
  };
}

/** Passed and failed tests of Playwright's summary; flaky ones passed at last. */
export function playwrightCounts(file) {
  const summary = readJson(file);
  return {
    passed: (summary?.stats?.expected ?? 0) + (summary?.stats?.flaky ?? 0),
    failed: (summary?.stats?.unexpected ?? 0) + (summary?.errors?.length ?? 0),
  };
}
