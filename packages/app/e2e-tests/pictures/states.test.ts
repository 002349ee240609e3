import { expect } from '@playwright/test';
import { newReader } from '../browser';
import { eventRows, sendToSegmentIntake } from '../portal';
import { answer, API, button, open, READER, ready, take, test } from './camera';

for (const theme of ['light', 'dark']) {
  test(`page-${theme}`, async ({ page }) => {
    await open(page, '', { theme });
    await ready(page);
    await take(page, `page-${theme}`);
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

test('page-new-events', async ({ baseURL, browser }) => {
  // As its clock is that of all its pages.
  const context = await newReader(browser, baseURL, READER);
  const page = await context.newPage();
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
  await context.close();
});
