import { expect } from '@playwright/test';
import { exportAs } from '../portal';
import { API, open, ready, take, test } from './camera';

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
