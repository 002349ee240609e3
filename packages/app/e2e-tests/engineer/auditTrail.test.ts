import { expect } from '@playwright/test';
import { test } from '../browser';
import { auditTrailApi, eventRows, RESOURCES, signIn } from '../portal';

/** The source of Emil's team, and the space of the group above it. */
const OWNED =
  /^segment:(source:(q7XcPn2LdT|VWDxzzIpI5\/web_shop)|space:(VWDxzzIpI5\/)?spa_2LqWm7xTcV4nRb8sKd1Yh5JfZ0P)$/;

test('an engineer goes from the card to the history of what they own', async ({
  page,
}) => {
  await signIn(page);
  await page.goto(`/catalog/default/resource/${RESOURCES['web-shop']}`);
  await expect(page.getByText(/^Last change/)).toBeVisible();
  await page.getByRole('link', { name: 'View all' }).click();
  await expect(eventRows(page).nth(1)).toBeVisible();
  // To an entity no view of the trail belongs.
  await expect(page.getByText(/^Not shown/)).toHaveCount(0);

  // What somebody else sends from the tab opens there.
  await eventRows(page).nth(1).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByText('Event id')).toBeVisible();
  await expect(page).toHaveURL(/\/audit-trail\?event=/);
  const link = page.url();
  await page.goto('/');
  await page.goto(link);
  await expect(drawer.getByText('Event id')).toBeVisible();
});

test('an engineer gets from the API what they own, and nothing else', async ({
  page,
}) => {
  await signIn(page);
  const list = await (await auditTrailApi(page, '/events?limit=500')).json();
  expect(list.totalItems).toBeGreaterThan(10);
  for (const { resources } of list.items) {
    expect(resources.some((key: string) => OWNED.test(key))).toBe(true);
  }
  for (const entity of ['web-shop', 'loyalty-program']) {
    const owned = await auditTrailApi(
      page,
      `/events?entityRef=resource:default/${RESOURCES[entity]}`,
    );
    expect((await owned.json()).totalItems).toBeGreaterThan(0);
  }
  for (const path of [
    '/events?category=warehouses',
    `/events?entityRef=resource:default/${RESOURCES['orders-redshift']}`,
    '/events?resource=segment:warehouse:w3NfKe6JxQ',
  ]) {
    const { items, totalItems } = await (
      await auditTrailApi(page, path)
    ).json();
    expect({ items, totalItems }).toEqual({ items: [], totalItems: 0 });
  }
  const facets = await (await auditTrailApi(page, '/events/facets')).json();
  expect(facets.countedEvents).toBe(list.totalItems);
  const access = await (await auditTrailApi(page, '/access')).json();
  expect(access).toMatchObject({
    page: false,
    reason: 'not-an-owner',
    entities: 'owned',
  });
  expect(access.ownerRefs).toContain('group:default/commerce');
});
