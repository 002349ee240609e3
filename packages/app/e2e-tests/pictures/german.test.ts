import { expect } from '@playwright/test';
import { eventRows } from '../portal';
import { open, take, test } from './camera';

test('german', async ({ page }) => {
  await open(page, '', { language: 'de' });
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
