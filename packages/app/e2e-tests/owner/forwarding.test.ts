import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { test } from '../browser';
import {
  changeDestination,
  RETRIED,
  sendToSegmentIntake,
  signIn,
} from '../portal';

/** Where the demo's destinations are; `npm run test:e2e` starts it. */
const RECEIVER = process.env.RECEIVER_URL ?? 'http://127.0.0.1:7100';

const rowOf = (page: Page, title: string) =>
  page.getByRole('listitem', { name: title, exact: true });
const deliveryTo = (page: Page, title: string) =>
  page
    .getByRole('list', { name: 'Deliveries' })
    .getByRole('listitem')
    .filter({ hasText: title });

/**
 * Lets a warehouse be disabled in Segment, so long ago that the lists of other
 * tests do not begin with it, and not so long that it is pruned meanwhile;
 * returns the event's id.
 */
const disableWarehouse = (page: Page, name: string) =>
  sendToSegmentIntake(page, {
    name,
    type: 'Warehouse Disabled',
    at: new Date(Date.now() - 85 * 24 * 60 * 60 * 1_000),
  });

/** What the receiver took and said so, of one kind. */
async function received(page: Page, kind: 'slack' | 'webhook') {
  const response = await page.request.get(
    `${RECEIVER}/received?kind=${kind}`,
    RETRIED,
  );
  const { items } = await response.json();
  return (items as { accepted: boolean; body: string }[])
    .filter(({ accepted }) => accepted)
    .map(({ body }) => body)
    .join('\n');
}

async function setFaults(page: Page, faults: object[]) {
  await page.request.put(`${RECEIVER}/faults`, { ...RETRIED, data: faults });
}

async function choose(page: Page, title: string, item: string) {
  await page.getByRole('button', { name: `More about ${title}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

const newName = () => `e2e-${randomUUID().slice(0, 8)}`;

test.afterEach(async ({ page }) => {
  await setFaults(page, []);
  for (const id of ['slack-demo', 'siem-demo']) {
    await changeDestination(page, id, { enabled: true, paused: false });
  }
});

test('an Owner sees where the trail goes, and that an event has arrived there', async ({
  page,
}) => {
  await signIn(page, '/audit-trail');
  await page.getByRole('tab', { name: 'Forwarding' }).click();
  await expect(page).toHaveURL(/\/audit-trail\/forwarding$/);
  const slack = rowOf(page, 'Slack');
  await expect(slack).toContainText('Working');
  await expect(slack).toContainText('harmful only');
  const siem = rowOf(page, 'SIEM');
  await expect(siem).toContainText('Working');
  await expect(siem).toContainText('everything but views of the trail');

  await page.getByRole('button', { name: 'Test SIEM' }).click();
  const tested = page.getByRole('dialog', { name: 'Test SIEM' });
  await expect(tested).toContainText('The test event was delivered.');
  await expect(tested).toContainText('What it does not prove');
  await tested.getByRole('button', { name: 'Close' }).click();

  const name = newName();
  const id = await disableWarehouse(page, name);
  await page.goto(`/audit-trail/events/${id}`);
  await expect(page.getByRole('dialog')).toContainText(
    `${name} was disabled by`,
  );
  await expect(deliveryTo(page, 'SIEM')).toContainText('delivered');
  await expect(deliveryTo(page, 'Slack')).toContainText('delivered');
  expect(await received(page, 'webhook')).toContain(id);
  expect(await received(page, 'slack')).toContain(name);
});

test('what happens while a destination is paused waits, and is sent then', async ({
  page,
}) => {
  await signIn(page, '/audit-trail/forwarding');
  const siem = rowOf(page, 'SIEM');
  await choose(page, 'SIEM', 'Pause');
  await expect(siem).toContainText('Paused');

  const id = await disableWarehouse(page, newName());
  await expect(siem.getByRole('note')).toContainText(/events? waits?/);
  await page.goto(`/audit-trail/events/${id}`);
  await expect(deliveryTo(page, 'Slack')).toContainText('delivered');
  await expect(deliveryTo(page, 'SIEM')).toContainText(
    'as the destination is paused',
  );
  expect(await received(page, 'webhook')).not.toContain(id);

  await page.goto('/audit-trail/forwarding');
  await page.getByRole('button', { name: 'Resume: SIEM' }).click();
  await expect(siem).toContainText('Working');
  await expect.poll(() => received(page, 'webhook')).toContain(id);
  await page.goto(`/audit-trail/events/${id}`);
  await expect(deliveryTo(page, 'SIEM')).toContainText('delivered');
});

test('what a destination refuses is kept with the reason, and sent again', async ({
  page,
}) => {
  await signIn(page, '/audit-trail/forwarding');
  const reason = 'No such field: ip <b>';
  await setFaults(page, [
    { do: 'status', status: 400, body: reason, path: '/webhook/siem' },
  ]);
  const name = newName();
  const id = await disableWarehouse(page, name);
  await page.getByRole('button', { name: 'Show dead letters: SIEM' }).click();
  const letters = page.getByRole('region', { name: 'Dead letters of SIEM' });
  const letter = letters.getByRole('row').filter({ hasText: name });
  await expect(letter).toContainText(reason);

  await letter.getByRole('button', { name: 'Warehouses Disabled' }).click();
  await expect(deliveryTo(page, 'SIEM')).toContainText('given up');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  await setFaults(page, []);
  await letter.getByRole('checkbox').check();
  await letters.getByRole('button', { name: 'Send 1 again' }).click();
  await expect(letters).toContainText('1 event on the way again');
  await expect(letter).toHaveCount(0);
  await expect.poll(() => received(page, 'webhook')).toContain(id);
});

test('a destination is switched off only after asking', async ({ page }) => {
  await signIn(page, '/audit-trail/forwarding');
  const slack = rowOf(page, 'Slack');
  const events = slack.getByRole('switch');
  await events.click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(events).toBeChecked();

  await events.click();
  await page.getByRole('button', { name: 'Switch off' }).click();
  await expect(slack).toContainText('nothing is kept for it');
  await expect(events).not.toBeChecked();

  const name = newName();
  const id = await disableWarehouse(page, name);
  await page.goto(`/audit-trail/events/${id}`);
  await expect(deliveryTo(page, 'SIEM')).toContainText('delivered');
  await expect(deliveryTo(page, 'Slack')).toHaveCount(0);
  expect(await received(page, 'slack')).not.toContain(name);
});
