import { expect } from '@playwright/test';
import { eventRows } from '../portal';
import { button, open, ready, take, test } from './camera';

test('narrow', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page);
  await ready(page);
  await take(page, 'narrow-page');
  await button(page, 'Filters').click();
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
