import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import { test } from '../browser';
import {
  auditTrailApi,
  csvRows,
  eventRows,
  eventsTable,
  exportAs,
  navigation,
  signIn,
} from '../portal';

test('an Owner finds a disabled warehouse, goes to it, and downloads what they see', async ({
  page,
}) => {
  await signIn(page);
  await navigation(page).getByRole('link', { name: 'Audit Trail' }).click();
  await expect(page).toHaveURL(/\/audit-trail/);
  const table = eventsTable(page);
  await expect(eventRows(page).nth(1)).toBeVisible();

  // Filters by the activity.
  await page.getByRole('button', { name: 'Events', exact: true }).click();
  await page.getByPlaceholder('Find events').fill('warehouses disabled');
  await page
    .getByRole('menuitemcheckbox', { name: /^Warehouses Disabled/ })
    .click();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/type=warehouse\.disabled/);
  const first = eventRows(page).nth(0);
  await expect(first).toContainText('Warehouses Disabled');
  await expect(first).toContainText('orders-redshift');
  await expect(table).not.toContainText('Source Modified');

  // A reload shows the same.
  await page.reload();
  await expect(first).toContainText('orders-redshift');

  // Opens the event.
  await first.getByRole('button', { name: 'Warehouses Disabled' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('warehouse.disabled');
  await expect(drawer).toContainText('orders-redshift');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();

  // Downloads the filtered trail: the same events as the API lists.
  const downloading = page.waitForEvent('download');
  await exportAs(page, 'CSV');
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(
    /^audit-trail_\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d\.csv$/,
  );
  const rows = csvRows(await readFile(await download.path(), 'utf8'));
  const from = download.suggestedFilename().slice(12, 22);
  const listed = await auditTrailApi(
    page,
    `/events?type=warehouse.disabled&from=${from}&limit=500`,
  );
  const { items, totalItems } = await listed.json();
  expect(items.length).toBe(totalItems);
  expect(items.length).toBeGreaterThan(1);
  expect(
    rows.map(row => [row.id, row.type, row.resourceKey, row.actorId]),
  ).toEqual(
    items.map((item: AuditEvent) => [
      item.id,
      item.type,
      item.resource.key,
      item.actor.id,
    ]),
  );

  // Goes to the warehouse, whose card tells the same.
  await first.getByRole('link', { name: 'orders-redshift' }).click();
  await expect(page).toHaveURL(/\/resource\/acme\.warehouse\.w3nfke6jxq/i);
  await expect(page.getByText(/^Last change/)).toContainText(/: disabled by ./);
  await page.getByRole('link', { name: 'View all' }).click();
  await expect(page).toHaveURL(/\/acme\.warehouse\.w3nfke6jxq\/audit-trail/i);
  await expect(eventRows(page).nth(0)).toContainText('Warehouses Disabled');
  await expect(table).toContainText('Warehouse Run Failed');
});

test('the keyboard leads from the search to an event and back', async ({
  page,
}) => {
  await signIn(page, '/audit-trail');
  const table = eventsTable(page);
  await expect(eventRows(page).nth(1)).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('orders-redshift disabled');
  await expect(page).toHaveURL(/q=orders-redshift/);
  await expect(page.getByText(/^[\d,]+ events$/)).toBeVisible();
  // The list before is there until the other one has come.
  await expect(
    eventRows(page).filter({ hasNotText: 'orders-redshift' }),
  ).toHaveCount(0);
  await table
    .getByRole('button', { name: 'Warehouses Disabled' })
    .first()
    .focus();
  await page.keyboard.press('ArrowDown');
  await expect(
    table.getByRole('button', { name: 'Warehouses Disabled' }).nth(1),
  ).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('orders-redshift');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(
    table.getByRole('button', { name: 'Warehouses Disabled' }).nth(1),
  ).toBeFocused();
  await expect(page).toHaveURL(/q=orders-redshift/);

  // On to what narrows the list to the row's values, and back.
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveAccessibleName(/^Only /);
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveAccessibleName(/^Not /);

  // The search was one step, and the drawer is none any more.
  await page.goBack();
  await expect(page).not.toHaveURL(/q=/);
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the drawer leads over the end of a page, and back to the list', async ({
  page,
}) => {
  await signIn(page, '/audit-trail?limit=25');
  await expect(eventRows(page)).toHaveCount(25);
  await eventRows(page).nth(24).click();
  const id = page.getByRole('dialog').locator('dt:text("Event id") + dd');
  const last = await id.textContent();
  await page.getByRole('button', { name: 'Next event' }).click();
  await expect(page).toHaveURL(/cursor=/);
  await expect(id).not.toHaveText(last!);
  const first = await id.textContent();
  await page.getByRole('button', { name: 'Previous event' }).click();
  await expect(id).toHaveText(last!);
  await page.getByRole('button', { name: 'Next event' }).click();
  await expect(id).toHaveText(first!);

  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(
    eventRows(page).nth(0).getByRole('button').first(),
  ).toBeFocused();
  await page.goBack();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page).toHaveURL(/\/audit-trail\?limit=25$/);
});

test('views of the trail are left out until somebody wants them', async ({
  page,
}) => {
  await signIn(page, '/audit-trail?range=24h');
  const table = eventsTable(page);
  const viewed = table.getByRole('button', { name: 'Audit Trail Viewed' });
  await expect(page.getByText(/^[\d,]+ events$/)).toBeVisible();
  await expect(viewed).toHaveCount(0);
  await expect(page.getByText('Not shown: views of the trail')).toBeVisible();
  expect(await downloadedTypes(page)).not.toContain('audit-trail.viewed');

  await page.getByRole('button', { name: 'Show views of the trail' }).click();
  await expect(page).toHaveURL(/views=shown/);
  await expect(viewed.first()).toBeVisible();
  expect(await downloadedTypes(page)).toContain('audit-trail.viewed');

  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page).toHaveURL(/\/audit-trail$/);
  await expect(page.getByText('Not shown: views of the trail')).toBeVisible();
});

/** Types of the events of the file that the page offers. */
async function downloadedTypes(page: Page): Promise<string[]> {
  const downloading = page.waitForEvent('download');
  await exportAs(page, 'CSV');
  const file = await (await downloading).path();
  return csvRows(await readFile(file, 'utf8')).map(({ type }) => type);
}

test('shows all 90 activities of the sample workspace, page by page', async ({
  page,
}) => {
  await signIn(page, '/audit-trail?limit=100');
  await expect(eventRows(page)).toHaveCount(100);
  const { items } = await (await auditTrailApi(page, '/activities')).json();
  const ofSegment = items.filter(
    ({ category }: { category: string }) =>
      category !== 'audit-trail' && category !== 'portal',
  );
  expect(ofSegment).toHaveLength(90);
  for (const { id } of ofSegment) {
    const found = await auditTrailApi(page, `/events?type=${id}&limit=1`);
    expect((await found.json()).items).toHaveLength(1);
  }
  const newest = await eventRows(page).nth(0).textContent();
  await page.getByRole('button', { name: /older/i }).click();
  await expect(page).toHaveURL(/cursor=/);
  await expect(eventRows(page).nth(0)).not.toHaveText(newest!);
  await page.getByRole('button', { name: /newer/i }).click();
  await expect(eventRows(page).nth(0)).toHaveText(newest!);
});
