import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const CHROMIUM = '/usr/bin/chromium';
const DEFAULT_URL = 'http://localhost:3000';

/** Chromium needs these as root and in a container. */
const ROOT_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The demo user whose portal a project looks at, as the guest provider signs in
 * one user a backend. `npm run test:e2e` starts the portals, sets their
 * addresses, and runs the first three unless it is told otherwise.
 */
const USERS = {
  owner: 'owner',
  engineer: 'engineer',
  stranger: 'stranger',
  // Each control in each way: what takes too long for every change.
  thorough: 'owner',
  // No tests: what the documentation shows.
  pictures: 'owner',
};

export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 1 : 0,
  workers: 1,
  outputDir: 'test-reports/e2e',
  reporter: [
    ['list'],
    [
      'json',
      { outputFile: process.env.E2E_REPORT ?? 'test-reports/playwright.json' },
    ],
  ],
  use: {
    screenshot: 'only-on-failure',
    trace: 'on-first-retry',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: existsSync(CHROMIUM) ? CHROMIUM : undefined,
      args: process.getuid?.() === 0 ? ROOT_ARGS : [],
    },
  },
  projects: Object.entries(USERS).map(([name, user]) => ({
    name,
    testDir: `packages/app/e2e-tests/${name}`,
    use: { baseURL: process.env[`${user.toUpperCase()}_URL`] ?? DEFAULT_URL },
  })),
});
