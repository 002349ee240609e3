import { expect } from '@playwright/test';
import { answer, button, open, ready, take, test } from './camera';

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
