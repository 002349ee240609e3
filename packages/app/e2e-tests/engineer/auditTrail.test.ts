import { expect, test } from '@playwright/test';
import { auditTrailApi, signIn } from '../portal';

const SOURCE = /^segment:source:(q7XcPn2LdT|VWDxzzIpI5\/web_shop)$/;

test('an engineer sees the history of the source they own, and nothing else', async ({
  page,
}) => {
  await signIn(page);
  const navigation = page.getByRole('navigation', { name: 'sidebar nav' });
  await expect(navigation.getByText('Audit Trail')).toBeHidden();

  // The source that Emil owns: card and tab.
  await page.goto('/catalog/default/resource/web-shop');
  await expect(page.getByText(/^Last change/)).toBeVisible();
  await page.getByRole('link', { name: 'View all' }).click();
  const table = page.getByRole('table', { name: 'Audit events' });
  await expect(table.getByRole('row').nth(2)).toBeVisible();
  await expect(navigation.getByText('Audit Trail')).toBeHidden();

  // A warehouse of another team.
  await page.goto('/catalog/default/resource/orders-redshift');
  await expect(
    page.getByText('No changes recorded in the last 90 days'),
  ).toBeVisible();
  await expect(page.getByText(/^Last change/)).toHaveCount(0);

  // The page by its address.
  await page.goto('/audit-trail');
  await expect(
    page.getByRole('heading', {
      name: 'You have no access to the Audit Trail',
    }),
  ).toBeVisible();
  await expect(
    page.getByRole('link', { name: 'Segment Owners' }),
  ).toBeVisible();
  await expect(table).toHaveCount(0);

  // The API.
  const list = await (await auditTrailApi(page, '/events?limit=500')).json();
  expect(list.totalItems).toBeGreaterThan(10);
  for (const { resources } of list.items) {
    expect(resources.some((key: string) => SOURCE.test(key))).toBe(true);
  }
  for (const path of [
    '/events?category=warehouses',
    '/events?entityRef=resource:default/orders-redshift',
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
  expect(access).toMatchObject({ page: false, reason: 'not-an-owner' });
});
