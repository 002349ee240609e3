import { expect } from '@playwright/test';
import { eventRows } from '../portal';
import { button, open, ready, take, test } from './camera';

for (const theme of ['light', 'dark']) {
  test(`drawer-${theme}`, async ({ page }) => {
    await open(page, '?type=warehouse.disabled', theme);
    await ready(page).catch(() => {});
    await eventRows(page).first().click();
    await expect(page.getByRole('dialog')).toContainText('hours around');
    await take(page, `drawer-${theme}`);
  });
}

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
