import { expect } from '@playwright/test';
import { open, ready, take, test } from './camera';

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
