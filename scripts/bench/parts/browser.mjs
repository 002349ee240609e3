import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { summarise } from '../measure.mjs';
import { formatCount, formatMs, table } from '../report.mjs';

/** Playwright's own Chromium is used where there is none of the system. */
const CHROMIUM = '/usr/bin/chromium';
const TIMES = 20;

/**
 * Clicks the page's entry in the navigation.
 *
 * @returns milliseconds from the click to the frame with rows of events, and to
 *   the one in which nothing of the page is loading any more
 */
const openPage = page =>
  page.evaluate(
    () =>
      new Promise(resolve => {
        const times = {};
        const start = performance.now();
        const look = () => {
          const now = performance.now() - start;
          const row = document.querySelector('[data-audit-trail-row]');
          if (row) {
            times.rows ??= now;
            if (
              document.querySelector('[data-testid="chart-bars"]') &&
              !document.querySelector('main .MuiSkeleton-root')
            ) {
              resolve({ ...times, all: now });
              return;
            }
          }
          requestAnimationFrame(look);
        };
        document.querySelector('nav a[href="/audit-trail"]').click();
        requestAnimationFrame(look);
      }),
  );

async function signIn(page, url) {
  await page.goto(url);
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.locator('nav a[href="/audit-trail"]').waitFor();
}

/** From a click in the portal's navigation to the page, in a real browser. */
export async function measureBrowser({ large, startPortal }) {
  const portal = await startPortal();
  const browser = await chromium.launch({
    executablePath: existsSync(CHROMIUM) ? CHROMIUM : undefined,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
    });
    await signIn(page, portal.url);
    const samples = { loaded: [], again: [] };
    for (let number = -2; number < TIMES; number++) {
      // The portal is loaded anew, from the browser's cache.
      await page.goto(`${portal.url}/catalog`);
      await page.locator('nav a[href="/audit-trail"]').waitFor();
      await page.waitForLoadState('networkidle');
      const loaded = await openPage(page);
      await page
        .locator('nav')
        .getByRole('link', { name: 'Catalog', exact: true })
        .click();
      await page.waitForLoadState('networkidle');
      const again = await openPage(page);
      if (number >= 0) {
        samples.loaded.push(loaded);
        samples.again.push(again);
      }
    }
    const line = (name, list, field) => {
      const { median, p99 } = summarise(list.map(times => times[field]));
      return [name, formatMs(median), formatMs(p99)];
    };
    return {
      title: 'From click to page, in Chromium',
      tables: [
        table(
          ['what', 'median', 'longest'],
          [
            line('first visit: rows of events', samples.loaded, 'rows'),
            line('first visit: chart and all else', samples.loaded, 'all'),
            line('another visit: rows of events', samples.again, 'rows'),
            line('another visit: chart and all else', samples.again, 'all'),
          ],
        ),
      ],
      notes: [
        `${TIMES} visits of each kind, of ${formatCount(
          large.events,
        )} events; before a first visit the portal was loaded anew. Target: shown within a second.`,
      ],
    };
  } finally {
    await browser.close();
    await portal.stop();
  }
}
