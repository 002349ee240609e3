import { expect, test } from '@playwright/test';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import {
  auditTrailApi,
  eventRows,
  eventsTable,
  listEvents,
  navigation,
  signIn,
} from '../portal';

// The portals of the tests record reads of this entity, and of no other.
const ENTITY = 'system:default/customer-data';
const READS = `type=catalog.entity-fetch&resource=entity:${ENTITY}`;

test('an Owner sees who opens an entity’s page, one event a click', async ({
  page,
  context,
}) => {
  const owner = await context.newPage();
  await owner.clock.install();
  await signIn(owner, `/audit-trail?range=7d&${READS}`);
  await expect(owner.getByText('No events found')).toBeVisible();

  // The same browser, so they are signed in.
  await page.goto('/?filters[kind]=system&filters[user]=all');
  const read = page.waitForResponse(
    '**/api/catalog/entities/by-name/system/default/customer-data',
  );
  await page
    .getByRole('link', { name: 'Customer data', exact: false })
    .first()
    .click();
  await read;
  const start = Date.now();
  let found: AuditEvent[] = [];
  while (found.length === 0 && Date.now() - start < 10_000) {
    found = await listEvents(page, READS);
  }
  // No assertion: how long that takes depends on what else the machine does.
  test.info().annotations.push({
    type: 'in the trail after',
    description: `${Date.now() - start} ms`,
  });
  expect(found[0]).toMatchObject({
    actor: { type: 'user', id: 'user:default/olivia' },
    outcome: 'succeeded',
    resource: { entityRef: ENTITY },
    source: 'plugin:catalog',
    workspace: 'backstage',
  });

  // The Owner's open page says so the next time it looks.
  await owner.clock.runFor(31_000);
  await owner.getByRole('button', { name: '1 new event: show' }).click();
  await expect(eventRows(owner)).toHaveCount(1);
  await expect(eventsTable(owner)).toContainText('Catalog Entities Read');

  // What else the entity's page looks up is no event, however long it takes.
  await expect(page.getByRole('heading', { name: 'Relations' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expect(
    navigation(page).getByRole('link', { name: 'Audit Trail' }),
  ).toBeVisible();
  const { totalItems } = await (
    await auditTrailApi(page, `/events?${READS}`)
  ).json();
  expect(totalItems).toBe(1);
});
