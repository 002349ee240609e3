import { createHmac, randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { expect, type Page } from '@playwright/test';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';

/** The portal's sidebar. */
export const navigation = (page: Page) =>
  page.getByRole('navigation', { name: 'sidebar nav' });

/** The table of the trail. */
export const eventsTable = (page: Page) =>
  page.getByRole('table', { name: 'Audit events' });

/** Rows of events: neither the head, nor what stands there while they load. */
export const eventRows = (page: Page) =>
  page.getByRole('row').filter({ has: page.locator('[data-audit-trail-row]') });

/** Signs in as the portal's demo user, whoever that is. */
export async function signIn(page: Page, path = '/') {
  await page.goto(path);
  await page.getByRole('button', { name: 'Enter' }).click();
  await expect(
    navigation(page).getByRole('link', { name: 'Catalog', exact: true }),
  ).toBeVisible();
}

/** For requests: a connection that rests may be closed just as it is used. */
export const RETRIED = { maxRetries: 3 };

/** A Backstage token of the demo user, for calls of the portal's API. */
export async function backstageToken(page: Page, portal = ''): Promise<string> {
  const response = await page.request.get(`${portal}/api/auth/guest/refresh`, {
    ...RETRIED,
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
    ...RETRIED,
    headers: { Authorization: `Bearer ${token}` },
  });
}

/** The first events that the Audit Trail's API lists for the demo user. */
export async function listEvents(
  page: Page,
  query: string,
): Promise<AuditEvent[]> {
  const response = await auditTrailApi(page, `/events?${query}`);
  expect(response.status()).toBe(200);
  return (await response.json()).items;
}

/** Changes what a destination does, as an Owner. */
export async function changeDestination(
  page: Page,
  id: string,
  data: { enabled?: boolean; paused?: boolean },
) {
  const token = await backstageToken(page);
  const response = await page.request.patch(
    `/api/audit-trail/v1/destinations/${id}`,
    { ...RETRIED, headers: { Authorization: `Bearer ${token}` }, data },
  );
  expect(response.status()).toBe(200);
}

/** Makes columns, density and time zone of the demo user what they are at first. */
export async function forgetSettings(page: Page) {
  const token = await backstageToken(page);
  for (const key of ['columns', 'density', 'timeZone', 'chartFolded']) {
    const response = await page.request.delete(
      `/api/user-settings/buckets/default.audit-trail/keys/${key}`,
      { ...RETRIED, headers: { Authorization: `Bearer ${token}` } },
    );
    expect(response.status()).toBe(204);
  }
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

const SECRET = process.env.SEGMENT_WEBHOOK_SECRET || 'demo-segment-secret';

/**
 * Lets something happen to a warehouse in Segment: now, unless said otherwise.
 *
 * @returns the event's id
 */
export async function sendToSegmentIntake(
  page: Page,
  options: { name: string; type: string; at?: Date },
): Promise<string> {
  const { name, type, at = new Date() } = options;
  const time = at.toISOString();
  const body = JSON.stringify({
    messageId: `e2e-${randomUUID()}`,
    type: 'track',
    event: 'Audit',
    userId: 'hR6nVz2YcU',
    timestamp: time,
    receivedAt: time,
    properties: {
      type,
      workspace_id: 'VWDxzzIpI5',
      details: {
        resource_id: name,
        resource_type: 'warehouse',
        subject: 'users/hR6nVz2YcU',
        target: name,
        warehouse_id: name,
      },
    },
  });
  const response = await page.request.post(
    '/api/audit-trail/v1/intake/segment',
    {
      ...RETRIED,
      headers: {
        'Content-Type': 'application/json',
        'X-Signature': createHmac('sha1', SECRET).update(body).digest('hex'),
      },
      data: Buffer.from(body),
    },
  );
  expect(response.status()).toBe(200);
  const { ids } = await response.json();
  return ids[0];
}

/** Ids of the events that the table shows, in its order. */
export const shownEvents = (page: Page): Promise<string[]> =>
  eventsTable(page)
    .locator('[data-audit-trail-row]')
    .evaluateAll(rows =>
      rows.map(row => row.getAttribute('data-audit-trail-row')!),
    );

/** Parameters of the page that are not the API's. */
const OF_THE_PAGE = ['range', 'views', 'event'];

/** What the page left out, as nobody has asked for who looked at the trail. */
const VIEWS = ['audit-trail.viewed', 'audit-trail.event-viewed'];

/** The API's parameters for what the page's address shows; of all time. */
export function asApiParams(page: Page): URLSearchParams {
  const { searchParams } = new URL(page.url());
  expect(searchParams.get('range') ?? searchParams.get('from')).not.toBeNull();
  const chosen = ['type', 'category'].some(name => searchParams.has(name));
  if (searchParams.get('views') !== 'shown' && !chosen) {
    VIEWS.forEach(type => searchParams.append('not.type', type));
  }
  OF_THE_PAGE.forEach(name => searchParams.delete(name));
  return searchParams;
}

/**
 * Expects that the page shows what the API lists for its address, event by
 * event, and says how many there are.
 *
 * @returns the events
 */
export async function expectSameAsApi(page: Page): Promise<AuditEvent[]> {
  const params = asApiParams(page);
  if (!params.has('limit')) {
    params.set('limit', '50');
  }
  const response = await auditTrailApi(page, `/events?${params}`);
  expect(response.status()).toBe(200);
  const { items, totalItems, totalItemsCapped } = await response.json();
  await expect
    .poll(() => shownEvents(page), { message: `events of ${params}` })
    .toEqual(items.map(({ id }: { id: string }) => id));
  const count = totalItems.toLocaleString('en');
  const events = `${count} event${totalItems === 1 ? '' : 's'}`;
  // Where the API stops to count, the chart may have counted more.
  await expect(
    page.getByText(totalItemsCapped ? /^(more than )?[\d,]+ events$/ : events, {
      exact: true,
    }),
  ).toBeVisible();
  return items;
}
