import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { REPORTS_DIR, ROOT } from './paths.mjs';

const REASON_LINES = 12;

/** Where a runner writes its JSON summary; an older one is removed. */
export function freshReport(name) {
  const file = path.join(REPORTS_DIR, name);
  mkdirSync(REPORTS_DIR, { recursive: true });
  rmSync(file, { force: true });
  return file;
}

const readJson = file =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;

/** The first lines of what a runner says of a failure, without its colours. */
const reason = text =>
  stripVTControlCharacters(text ?? '')
    .split('\n')
    .slice(0, REASON_LINES)
    .join('\n');

/** Tests of jest's summary; a suite that broke counts as one that failed. */
export function jestResults(file) {
  const summary = readJson(file);
  const suites = summary?.testResults ?? [];
  return {
    passed: summary?.numPassedTests ?? 0,
    failures: suites.flatMap(
      ({ name, status: outcome, message, assertionResults }) => {
        const failed = assertionResults.filter(
          ({ status }) => status === 'failed',
        );
        return outcome === 'failed' && failed.length === 0
          ? [{ title: path.relative(ROOT, name), reason: reason(message) }]
          : failed.map(({ fullName, failureMessages }) => ({
              title: `${path.relative(ROOT, name)}: ${fullName}`,
              reason: reason(failureMessages[0]),
            }));
      },
    ),
  };
}

/** All tests of a suite of Playwright's summary, with those of its suites. */
const specsOf = suite => [
  ...(suite.specs ?? []),
  ...(suite.suites ?? []).flatMap(specsOf),
];

/** Tests of Playwright's summary; flaky ones passed at last. */
export function playwrightResults(file) {
  const summary = readJson(file);
  const failed = specsOf({ suites: summary?.suites }).flatMap(
    ({ title, file: name, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected')
        .map(({ projectName, results }) => ({
          title: `${projectName} ${name}: ${title}`,
          reason: reason(results[results.length - 1]?.error?.message),
        })),
  );
  return {
    passed: (summary?.stats?.expected ?? 0) + (summary?.stats?.flaky ?? 0),
    failures: [
      ...failed,
      ...(summary?.errors ?? []).map(({ message }) => ({
        title: 'Playwright',
        reason: reason(message),
      })),
    ],
  };
}
