import { expect } from '@playwright/test';
import { RESOURCES } from '../portal';
import { answer, open, ready, take, test } from './camera';

const CARD = `/catalog/default/resource/${RESOURCES['orders-redshift']}`;

test('card', async ({ page }) => {
  await open(page);
  await page.goto(CARD);
  const card = page.getByText(/^Last change/);
  await expect(card).toBeVisible();
  await card.scrollIntoViewIfNeeded();
  await take(page, 'card');
});

test('card-empty', async ({ page }) => {
  await answer(page, '/events?**', {
    items: [],
    pageInfo: {},
    totalItems: 0,
    totalItemsCapped: false,
  });
  await open(page);
  await page.goto(CARD);
  const card = page.getByText(/^No changes/);
  await expect(card).toBeVisible();
  await card.scrollIntoViewIfNeeded();
  await take(page, 'card-empty');
});

test('tab', async ({ page }) => {
  await open(page);
  await page.goto(`${CARD}/audit-trail`);
  await ready(page);
  await take(page, 'tab');
});
