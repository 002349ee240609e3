import { expect } from '@playwright/test';
import { test } from '../browser';
import { auditTrailApi, RESOURCES, signIn } from '../portal';

test('a stranger gets nothing from the API either', async ({ page }) => {
  await signIn(page);
  for (const path of [
    '/events',
    `/events?entityRef=resource:default/${RESOURCES['web-shop']}`,
    '/events?category=warehouses',
  ]) {
    const { items, totalItems } = await (
      await auditTrailApi(page, path)
    ).json();
    expect({ items, totalItems }).toEqual({ items: [], totalItems: 0 });
  }
  const facets = await (await auditTrailApi(page, '/events/facets')).json();
  expect(facets.countedEvents).toBe(0);
  const access = await (await auditTrailApi(page, '/access')).json();
  expect(access).toMatchObject({
    page: false,
    reason: 'not-an-owner',
    entities: 'owned',
    ownerRefs: ['user:default/stella', 'group:default/support'],
  });
});

test('card and tab go when it is known late that they serve nobody', async ({
  page,
}) => {
  await signIn(page);
  let answer = () => {};
  const late = new Promise<void>(resolve => (answer = resolve));
  await page.route('**/api/audit-trail/v1/access', async route => {
    await late;
    await route.continue();
  });
  await page.goto(`/catalog/default/resource/${RESOURCES['web-shop']}`);
  const main = page.getByRole('main');
  const card = main.getByRole('heading', { name: 'Audit Trail' });
  const tab = main.getByRole('link', { name: 'Audit Trail', exact: true });
  await expect(card).toBeVisible();
  await expect(tab).toBeVisible();

  answer();
  await expect(card).toHaveCount(0);
  await expect(tab).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Relations' })).toBeVisible();
  await expect(page).toHaveURL(/\/resource\/acme\.source\.web_shop$/);
});
