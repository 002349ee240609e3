import { parse } from 'csv-parse/sync';
import { expect, type Page } from '@playwright/test';

/** The portal's sidebar. */
export const navigation = (page: Page) =>
  page.getByRole('navigation', { name: 'sidebar nav' });

/** The table of the trail. */
export const eventsTable = (page: Page) =>
  page.getByRole('table', { name: 'Audit events' });

/** Rows of events: neither the head, nor what stands there while they load. */
export const eventRows = (page: Page) =>
  eventsTable(page)
    .getByRole('row')
    .filter({ has: page.locator('[data-audit-trail-row]') });

/** Signs in as the portal's demo user, whoever that is. */
export async function signIn(page: Page, path = '/') {
  await page.goto(path);
  await page.getByRole('button', { name: 'Enter' }).click();
  await expect(
    navigation(page).getByRole('link', { name: 'Catalog', exact: true }),
  ).toBeVisible();
}

/** A Backstage token of the demo user, for calls of the portal's API. */
export async function backstageToken(page: Page, portal = ''): Promise<string> {
  const response = await page.request.get(`${portal}/api/auth/guest/refresh`, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  expect(response.status()).toBe(200);
  const session = await response.json();
  return session.backstageIdentity.token;
}

/**
 * Asks the Audit Trail's API as the demo user.
 *
 * @param portal - address of a portal with another demo user
 */
export async function auditTrailApi(page: Page, path: string, portal = '') {
  const token = await backstageToken(page, portal);
  return await page.request.get(`${portal}/api/audit-trail/v1${path}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
}

/** Exports what the page shows, by its menu. */
export async function exportAs(page: Page, format: 'CSV' | 'NDJSON' | 'JSON') {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${format}`) }).click();
}

/** The lines of a CSV file, by the names of its columns. */
export function csvRows(text: string): Record<string, string>[] {
  return parse(text, { columns: true, record_delimiter: '\r\n' });
}

/** Names of the entities that are made of what Segment tells. */
export const RESOURCES: Record<string, string> = {
  'web-shop': 'acme.source.web_shop',
  'mobile-app': 'acme.source.mobile_app',
  'loyalty-program': 'acme.space.spa_2LqWm7xTcV4nRb8sKd1Yh5JfZ0P',
  'orders-redshift': 'acme.warehouse.w3NfKe6JxQ',
  'customer-profiles': 'acme.space.default',
};
