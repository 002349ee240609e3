import { expect, type Page } from '@playwright/test';
import { test } from '../browser';
import { auditTrailApi, eventRows, signIn } from '../portal';

const chartOf = (page: Page) =>
  page.getByRole('application', { name: 'Activity over time' });

/** The time that the address asks for. */
const rangeOf = (page: Page) => {
  const { searchParams } = new URL(page.url());
  return { from: searchParams.get('from')!, to: searchParams.get('to')! };
};

/** Expects the count of what the backend has of that time, but for views. */
async function expectTotalOf(
  page: Page,
  { from, to }: ReturnType<typeof rangeOf>,
) {
  const response = await auditTrailApi(
    page,
    `/events?from=${from}&to=${to}&limit=1&not.type=audit-trail.viewed&not.type=audit-trail.event-viewed`,
  );
  const { totalItems, totalItemsCapped } = await response.json();
  const events = totalItems === 1 ? 'event' : 'events';
  await expect(
    page.getByText(
      `${totalItemsCapped ? 'more than ' : ''}${totalItems.toLocaleString(
        'en',
      )} ${events}`,
      { exact: true },
    ),
  ).toBeVisible();
}

test('an Owner zooms into the chart by dragging, and back', async ({
  page,
}) => {
  await signIn(page, '/audit-trail');
  const chart = chartOf(page);
  await expect(chart).toBeVisible();
  await expect(eventRows(page).nth(1)).toBeVisible();

  const box = (await chart.boundingBox())!;
  const y = box.y + box.height / 3;
  await page.mouse.move(box.x + box.width * 0.8, y);
  await expect(page.getByTestId('chart-tooltip')).toBeVisible();
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.9, y, { steps: 5 });
  await page.mouse.move(box.x + box.width + 200, y, { steps: 5 });
  await expect(page.getByTestId('chart-selection')).toBeVisible();
  await page.mouse.up();

  await expect(page).toHaveURL(/from=.*to=/);
  const zoomed = rangeOf(page);
  const days = (Date.parse(zoomed.to) - Date.parse(zoomed.from)) / 86_400_000;
  expect(days).toBeGreaterThan(15);
  expect(days).toBeLessThan(23);
  await expectTotalOf(page, zoomed);

  // The address is the view.
  await page.reload();
  await expect(chart).toBeVisible();
  expect(rangeOf(page)).toEqual(zoomed);
  await expectTotalOf(page, zoomed);
  await page.goBack();
  await expect(page).not.toHaveURL(/from=/);
  await expect(
    page.getByRole('button', { name: 'Last 90 days', exact: true }),
  ).toBeVisible();
});

test('the keyboard leads over the bars, into one, and out again', async ({
  page,
}) => {
  await signIn(page, '/audit-trail');
  const chart = chartOf(page);
  await expect(chart).toBeVisible();
  await chart.focus();
  await page.keyboard.press('End');
  const told = chart.getByRole('status');
  await expect(told).toContainText(/\d+ events?/);
  const last = await told.textContent();
  await page.keyboard.press('ArrowLeft');
  await expect(told).not.toHaveText(last!);
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(told).toContainText('Selected:');
  await page.keyboard.press('Escape');
  await expect(told).toBeEmpty();

  await page.keyboard.press('End');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/from=.*to=/);
  await expectTotalOf(page, rangeOf(page));

  await chart.focus();
  await page.keyboard.press('-');
  await expect(page).toHaveURL(/range=(7d|30d)/);
});

test('a click on an area filters, and the chart can be folded away for good', async ({
  page,
}) => {
  await signIn(page, '/audit-trail');
  await expect(chartOf(page)).toBeVisible();
  const legend = page.getByRole('list', { name: 'Areas' });
  await legend.getByRole('button', { name: /^Warehouses/ }).click();
  await expect(page).toHaveURL(/category=warehouses/);
  await expect(legend.getByRole('listitem')).toHaveCount(1);
  await page.goBack();
  await legend.getByRole('button', { name: 'Not Warehouses' }).click();
  await expect(page).toHaveURL(/not\.category=warehouses/);

  const fold = page.getByRole('button', { name: 'Activity over time' });
  await fold.click();
  await expect(chartOf(page)).toBeHidden();
  await page.reload();
  await expect(fold).toHaveAttribute('aria-expanded', 'false');
  await fold.click();
  await expect(chartOf(page)).toBeVisible();
});
