import { expect } from '@playwright/test';
import { RETRIED, sendToSegmentIntake } from '../portal';
import { button, open, take, test } from './camera';

const RECEIVER = process.env.RECEIVER_URL ?? 'http://127.0.0.1:7100';

for (const theme of ['light', 'dark']) {
  test(`forwarding-${theme}`, async ({ page }) => {
    await open(page, '/forwarding', { theme });
    await expect(
      page.getByRole('list', { name: 'Destinations' }),
    ).toBeVisible();
    await take(page, `forwarding-${theme}`);
  });
}

test('dead-letters', async ({ page }) => {
  const faults = (data: object[]) =>
    page.request.put(`${RECEIVER}/faults`, { ...RETRIED, data });
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

test('slack-message', async ({ page }) => {
  await open(page, '/forwarding');
  for (const type of ['Warehouse Modified', 'Warehouse Disabled']) {
    await sendToSegmentIntake(page, { name: 'orders-redshift', type });
  }
  await page.waitForTimeout(3_000);
  await page.goto(RECEIVER);
  await expect(page.locator('.message').first()).toBeVisible();
  await take(page, 'slack-message');
});
