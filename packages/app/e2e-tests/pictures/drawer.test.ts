import { expect } from '@playwright/test';
import { changeDestination, eventRows } from '../portal';
import { open, ready, take, test } from './camera';

for (const theme of ['light', 'dark']) {
  test(`drawer-${theme}`, async ({ page }) => {
    await open(page, '?type=warehouse.disabled', { theme });
    await ready(page).catch(() => {});
    await eventRows(page).first().click();
    await expect(page.getByRole('dialog')).toContainText('hours around');
    await take(page, `drawer-${theme}`);
  });
}

test('drawer-changes', async ({ page }) => {
  await open(page);
  await changeDestination(page, 'siem-demo', { paused: true });
  await changeDestination(page, 'siem-demo', { paused: false });
  await page.goto('/audit-trail?type=audit-trail.destination-modified');
  await eventRows(page).first().click();
  await expect(
    page.getByRole('dialog').getByText('Before', { exact: true }),
  ).toBeVisible();
  await take(page, 'drawer-changes');
});

test('drawer-details', async ({ page }) => {
  await open(page, '?type=source.modified');
  await eventRows(page).first().click();
  const details = page
    .getByRole('dialog')
    .getByText('Details', { exact: true });
  await details.click();
  await details.scrollIntoViewIfNeeded();
  await page.mouse.wheel(0, 2_000);
  await take(page, 'drawer-details');
});
