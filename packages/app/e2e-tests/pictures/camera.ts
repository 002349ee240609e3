import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test as base } from '../browser';
import { eventRows } from '../portal';

/**
 * The pictures of docs/images, one for each state of the page. They are taken
 * by `E2E_PICTURES=docs/images npm run test:e2e -- --project=pictures`.
 */
const FOLDER = path.resolve(
  __dirname,
  '../../../..',
  process.env.E2E_PICTURES || 'test-reports/pictures',
);
mkdirSync(FOLDER, { recursive: true });

/** Where the reader of the pictures is. */
export const READER = { timezoneId: 'Europe/Berlin', locale: 'en-GB' };

/** One browser for all pictures, which has loaded the portal once. */
export const test = base.extend<object, { reader: object }>({
  reader: [READER, { scope: 'worker' }],
});

/** Calls of the API, for Playwright's routes. */
export const API = '**/api/audit-trail/v1';

/** Fewer colours than a picture has, where the tool for that is at hand. */
function reduceColours(file: string) {
  try {
    execFileSync('convert', [
      file,
      ...['+dither', '-colors', '200', '-define', 'png:compression-level=9'],
      `PNG8:${file}`,
    ]);
  } catch {
    // It is larger then, and looks the same.
  }
}

/** Takes a picture of what the window shows, once it has come to rest. */
export async function take(page: Page, name: string) {
  // What fades in, counts or loads needs so long.
  await page.waitForTimeout(900);
  const file = path.join(FOLDER, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  reduceColours(file);
}

/** Opens the page of the trail, signed in. */
export async function open(
  page: Page,
  query = '',
  { theme = 'light', language = 'en' } = {},
) {
  await page.addInitScript(
    settings => {
      Object.entries(settings).forEach(([key, value]) =>
        localStorage.setItem(key, value),
      );
    },
    { theme, language },
  );
  await page.goto(`/audit-trail${query}`);
  const enter = page.getByRole('button', { name: 'Enter' });
  // In the sidebar or, where there is none, in the page's head.
  const link = page.locator('a[href="/"], a[href="/audit-trail"]');
  await expect(enter.or(link).first()).toBeVisible();
  if (await enter.isVisible()) {
    await enter.click();
  }
}

/** Waits until events are shown. */
export async function ready(page: Page) {
  await expect(eventRows(page).first()).toBeVisible();
}

export const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });

/** Answers a call of the API in place of the backend. */
export async function answer(page: Page, call: string, json: object) {
  await page.route(`${API}${call}`, route => route.fulfill({ json }));
}
