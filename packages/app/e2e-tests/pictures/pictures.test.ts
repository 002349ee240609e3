import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import {
  expect,
  test as base,
  type BrowserContext,
  type Page,
} from '@playwright/test';
import {
  eventRows,
  exportAs,
  navigation,
  RESOURCES,
  sendToSegmentIntake,
} from '../portal';

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

const RECEIVER = process.env.RECEIVER_URL ?? 'http://127.0.0.1:7100';
const API = '**/api/audit-trail/v1';
const CARD = `/catalog/default/resource/${RESOURCES['orders-redshift']}`;

/** One browser for all of them, which has loaded the portal once. */
const test = base.extend<object, { shared: BrowserContext }>({
  shared: [
    async ({ browser }, provide) => {
      const context = await browser.newContext({
        baseURL: process.env.OWNER_URL ?? 'http://localhost:3000',
        timezoneId: 'Europe/Berlin',
        locale: 'en-GB',
        viewport: { width: 1440, height: 900 },
      });
      await provide(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
  page: async ({ shared }, provide) => {
    const page = await shared.newPage();
    await provide(page);
    await page.close();
  },
});

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

async function take(page: Page, name: string) {
  // What fades in, counts or loads has come to rest then.
  await page.waitForTimeout(900);
  const file = path.join(FOLDER, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  reduceColours(file);
}

async function open(page: Page, query = '', theme = 'light') {
  await page.addInitScript(name => {
    localStorage.setItem('theme', name);
    localStorage.setItem('language', 'en');
  }, theme);
  await page.goto(`/audit-trail${query}`);
  const enter = page.getByRole('button', { name: 'Enter' });
  const catalog = navigation(page).getByRole('link', { name: 'Catalog' });
  await expect(enter.or(catalog).first()).toBeVisible();
  if (await enter.isVisible()) {
    await enter.click();
  }
}

async function ready(page: Page) {
  await expect(eventRows(page).first()).toBeVisible();
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });

/** Answers a call of the API in place of the backend. */
async function answer(page: Page, call: string, json: object) {
  await page.route(`${API}${call}`, route => route.fulfill({ json }));
}

for (const theme of ['light', 'dark']) {
  test(`page-${theme}`, async ({ page }) => {
    await open(page, '', theme);
    await ready(page);
    await take(page, `page-${theme}`);
  });

  test(`drawer-${theme}`, async ({ page }) => {
    await open(page, '?type=warehouse.disabled', theme);
    await ready(page).catch(() => {});
    await eventRows(page).first().click();
    await expect(page.getByRole('dialog')).toContainText('hours around');
    await take(page, `drawer-${theme}`);
  });

  test(`forwarding-${theme}`, async ({ page }) => {
    await open(page, '/forwarding', theme);
    await expect(
      page.getByRole('list', { name: 'Destinations' }),
    ).toBeVisible();
    await take(page, `forwarding-${theme}`);
  });
}

test('page-filtered', async ({ page }) => {
  await open(
    page,
    '?range=30d&category=warehouses&category=source&not.actorType=system&not.outcome=failed',
  );
  await ready(page);
  await eventRows(page).nth(2).hover();
  await take(page, 'page-filtered');
});

test('page-loading', async ({ page }) => {
  await page.route(`${API}/events**`, () => {});
  await open(page);
  await expect(page.getByText('Loading events')).toBeVisible();
  await take(page, 'page-loading');
});

test('page-error', async ({ page }) => {
  await open(page);
  await ready(page);
  await page.route(`${API}/events?**`, route =>
    route.fulfill({
      status: 503,
      json: { error: { name: 'Error', message: 'The database is away' } },
    }),
  );
  await button(page, 'Last 90 days').click();
  await page.getByRole('menuitemradio', { name: 'Last 7 days' }).click();
  await expect(page.getByRole('button', { name: 'Retry' })).toBeVisible();
  await take(page, 'page-error');
});

test('page-nothing-yet', async ({ page }) => {
  await answer(page, '/events?**', {
    items: [],
    pageInfo: {},
    totalItems: 0,
    totalItemsCapped: false,
  });
  await answer(page, '/events/ways-out?**', { anything: false, items: [] });
  await answer(page, '/coverage', { items: [] });
  await open(page);
  await expect(page.getByText('No events yet')).toBeVisible();
  await take(page, 'page-nothing-yet');
});

test('page-nothing-found', async ({ page }) => {
  await open(page, '?type=warehouse.disabled&actorType=system&q=orders');
  await expect(page.getByText('No events found')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Without/ })).not.toHaveCount(
    0,
  );
  await take(page, 'page-nothing-found');
});

test('page-no-access', async ({ page }) => {
  await answer(page, '/access', {
    page: false,
    export: false,
    reason: 'not-an-owner',
    owners: ['group:default/segment-owners'],
    entities: 'owned',
    ownerRefs: ['user:default/stella'],
  });
  await open(page);
  await expect(page.getByText(/^You have no access/)).toBeVisible();
  await take(page, 'page-no-access');
});

test('menus', async ({ page }) => {
  await open(page, '?category=warehouses');
  await ready(page);
  for (const [name, file] of [
    ['Events (1)', 'menu-events'],
    ['More', 'menu-more'],
    ['Last 90 days', 'menu-time'],
    ['Columns and rows', 'menu-columns'],
    ['Export', 'menu-export'],
  ]) {
    await button(page, name).click();
    await take(page, file);
    await page.keyboard.press('Escape');
  }
});

test('views', async ({ page }) => {
  const view = (id: string, name: string, shared: boolean, query: string) => ({
    ...{ id, name, shared, query, version: 1 },
    createdBy: 'user:default/olivia',
    createdAt: '2026-11-01T08:00:00.000Z',
    updatedBy: 'user:default/olivia',
    updatedAt: '2026-11-01T08:00:00.000Z',
  });
  await answer(page, '/views', {
    mayShare: true,
    items: [
      view('1', 'Warehouses, this week', false, 'category=warehouses&range=7d'),
      view('2', 'Failed runs', false, 'outcome=failed&range=90d'),
      view('3', 'Harmful, not by machines', true, 'harmful=true&range=90d'),
    ],
  });
  await open(page, '?harmful=true');
  await ready(page);
  await button(page, 'View: Harmful, not by machines').click();
  await take(page, 'views-menu');
  await button(page, 'More about Harmful, not by machines').click();
  await page.getByRole('menuitem', { name: /^Send to a/ }).click();
  await page.getByRole('radio', { name: /^SIEM/ }).click();
  await take(page, 'views-send');
  await button(page, 'Continue').click();
  await expect(page.getByText(/^Of the last 7 days/)).toBeVisible();
  await take(page, 'filter-editor');
});

test('views-save', async ({ page }) => {
  await open(page, '?harmful=true');
  await ready(page);
  await button(page, 'Saved views').click();
  await button(page, 'Save what is shown…').click();
  await page.getByLabel('Name').fill('Harmful');
  await take(page, 'views-save');
});

test('exports', async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>(resolve => (release = resolve));
  await page.route(`${API}/events/export?**`, async route => {
    await held;
    await route.continue();
  });
  await open(page, '?category=warehouses');
  await ready(page);
  await exportAs(page, 'CSV');
  await expect(page.getByText(/^Exporting/)).toBeVisible();
  await take(page, 'export-running');
  release();
  await expect(page.getByText(/^Complete/)).toBeVisible();
  await take(page, 'export-done');

  await page.unroute(`${API}/events/export?**`);
  await page.route(`${API}/events/export?**`, async route => {
    const response = await route.fetch();
    const body = await response.body();
    await route.fulfill({ response, body: body.subarray(0, body.length / 2) });
  });
  await exportAs(page, 'CSV');
  await expect(page.getByText(/^The export broke off/)).toBeVisible();
  await take(page, 'export-incomplete');
});

test('chart', async ({ page }) => {
  await open(page);
  const chart = page.getByRole('application', { name: 'Activity over time' });
  await expect(chart).toBeVisible();
  await ready(page);
  const box = (await chart.boundingBox())!;
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.6, y);
  await take(page, 'chart-tooltip');
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, y, { steps: 8 });
  await take(page, 'chart-zooming');
  await page.mouse.up();
  await expect(page).toHaveURL(/from=/);
  await ready(page);
  await take(page, 'chart-zoomed');
});

test('drawer-changes', async ({ page }) => {
  await open(page, '?type=source.modified');
  await ready(page);
  const rows = eventRows(page);
  const changed = page.getByRole('dialog').getByText('Before', { exact: true });
  await rows.first().click();
  for (let tries = 0; tries < 30 && !(await changed.isVisible()); tries++) {
    await button(page, 'Next event').click();
    await page.waitForTimeout(100);
  }
  await take(page, 'drawer-changes');
  const details = page
    .getByRole('dialog')
    .getByText('Details', { exact: true });
  await details.click();
  await details.scrollIntoViewIfNeeded();
  await page.mouse.wheel(0, 2_000);
  await take(page, 'drawer-details');
});

test('card', async ({ page }) => {
  await open(page);
  await page.goto(CARD);
  const card = page.getByText(/^Last change/);
  await expect(card).toBeVisible();
  await card.scrollIntoViewIfNeeded();
  await take(page, 'card');
});

test('card-empty', async ({ page }) => {
  await answer(page, '/events?entityRef**', {
    items: [],
    pageInfo: {},
    totalItems: 0,
    totalItemsCapped: false,
  });
  await open(page);
  await page.goto(CARD);
  const card = page.getByText(/^No changes/);
  await expect(card).toBeVisible();
  await card.scrollIntoViewIfNeeded();
  await take(page, 'card-empty');
});

test('page-gap', async ({ page }) => {
  const day = (days: number, hour: number) =>
    `${new Date(Date.now() - days * 86_400_000)
      .toISOString()
      .slice(0, 10)}T${String(hour).padStart(2, '0')}:00:00.000Z`;
  await answer(page, '/coverage', {
    items: [
      {
        from: day(90, 0),
        to: new Date().toISOString(),
        completeSince: day(4, 9),
        gaps: [
          {
            from: day(5, 22),
            to: day(4, 9),
            reason: 'unavailable',
            filling: true,
          },
        ],
        source: { intake: 'segment-api', target: 'acme' },
      },
    ],
  });
  await open(page);
  await ready(page);
  await take(page, 'page-gap');
});

test('tab', async ({ page }) => {
  await open(page);
  await page.goto(`${CARD}/audit-trail`);
  await ready(page);
  await take(page, 'tab');
});

test('dead-letters', async ({ page }) => {
  const faults = (data: object[]) =>
    page.request.put(`${RECEIVER}/faults`, { data });
  await open(page, '/forwarding');
  await faults([
    {
      ...{ do: 'status', status: 400, path: '/webhook/siem' },
      body: 'No such field: ip',
    },
  ]);
  for (const name of ['orders-redshift', 'postgres', 'orders-redshift']) {
    await sendToSegmentIntake(page, { name, type: 'Warehouse Modified' });
  }
  await button(page, 'Show dead letters: SIEM').click();
  await expect(
    page.getByRole('region', { name: 'Dead letters of SIEM' }).getByRole('row'),
  ).toHaveCount(4);
  await faults([]);
  await take(page, 'dead-letters');
});

test('narrow', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page);
  await ready(page);
  await take(page, 'narrow-page');
  await button(page, 'Filter').click();
  await take(page, 'narrow-filter');
  await page.goto('/audit-trail?type=warehouse.disabled');
  await eventRows(page).first().click();
  await expect(page.getByRole('dialog')).toContainText('hours around');
  await take(page, 'narrow-drawer');
  await page.goto('/audit-trail/forwarding');
  await expect(page.getByRole('list', { name: 'Destinations' })).toBeVisible();
  await take(page, 'narrow-forwarding');
});

test('page-4k', async ({ page }) => {
  await page.setViewportSize({ width: 3840, height: 2160 });
  await open(page);
  await ready(page);
  await take(page, 'page-4k');
});

test('german', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('language', 'de'));
  await open(page);
  await expect(
    page.getByRole('table', { name: 'Audit-Ereignisse' }),
  ).toBeVisible();
  await expect(page.getByText(/Ereignisse$/).first()).toBeVisible();
  await take(page, 'german-page');
  await eventRows(page).nth(1).click();
  await expect(page.getByRole('dialog')).toContainText('davor und danach');
  await take(page, 'german-drawer');
  await page.goto('/audit-trail/forwarding');
  await expect(page.getByRole('list', { name: 'Ziele' })).toBeVisible();
  await take(page, 'german-forwarding');
});

// Last, as the clock is that of all pages.
test('page-new-events', async ({ page }) => {
  await page.clock.install();
  await open(page, '?q=orders');
  await ready(page);
  await sendToSegmentIntake(page, {
    name: 'orders-new',
    type: 'Warehouse Modified',
  });
  await page.clock.runFor(31_000);
  await expect(page.getByText(/^1 new event/)).toBeVisible();
  await take(page, 'page-new-events');
});
