import { expect, test as testAlone, type Page } from '@playwright/test';
import { test } from '../browser';
import {
  auditTrailApi,
  changeDestination,
  eventRows,
  eventsTable,
  expectSameAsApi,
  forgetSettings,
  listEvents,
  sendToSegmentIntake,
  shownEvents,
  signIn,
} from '../portal';

test.use({ reader: { timezoneId: 'America/New_York' } });

/** Id of a warehouse in Segment that is in the catalog. */
const WAREHOUSE = 'w3NfKe6JxQ';

const menu = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const heads = (page: Page) => eventsTable(page).getByRole('columnheader');
const row = (page: Page, number: number) => eventRows(page).nth(number - 1);

// What a reader chooses is theirs on every page, and so in every test.
test.afterEach(({ page }) => forgetSettings(page));

async function openTrail(page: Page, query = 'range=all') {
  await signIn(page, `/audit-trail?${query}`);
  await expect(row(page, 2)).toBeVisible();
}

test('columns, density and page size are the reader’s, for good', async ({
  page,
}) => {
  await openTrail(page);
  await expect(heads(page)).toHaveText([
    'When',
    'Event',
    'Actor',
    'Resource',
    'Via',
  ]);
  const { height } = (await row(page, 1).boundingBox())!;
  await menu(page, 'Columns and rows').click();
  for (const name of ['Outcome', 'Via', 'Dense rows']) {
    await page.getByRole('menuitemcheckbox', { name }).click();
  }
  await page.keyboard.press('Escape');
  const chosen = ['When', 'Event', 'Actor', 'Resource', 'Outcome'];
  await expect(heads(page)).toHaveText(chosen);
  expect((await row(page, 1).boundingBox())!.height).toBeLessThan(height);

  await page.getByRole('button', { name: 'Events a page 50' }).click();
  await page.getByRole('option', { name: '25' }).click();
  await expect(page).toHaveURL(/limit=25/);
  await expectSameAsApi(page);
  await page.reload();
  await expect(heads(page)).toHaveText(chosen);
  await expect(eventRows(page)).toHaveCount(25);
});

test('the list is sorted by time, both ways, and its head stays in sight', async ({
  page,
}) => {
  await openTrail(page, 'range=all&limit=100');
  const newest = await expectSameAsApi(page);
  await heads(page).first().getByRole('button').click();
  await expect(page).toHaveURL(/order=asc/);
  const oldest = await expectSameAsApi(page);
  expect(oldest[0].occurredAt < newest[newest.length - 1].occurredAt).toBe(
    true,
  );
  await row(page, 100).scrollIntoViewIfNeeded();
  await expect(heads(page).first()).toBeInViewport();
  await expect(row(page, 1)).not.toBeInViewport();
  await heads(page).first().getByRole('button').click();
  await expect(page).not.toHaveURL(/order=/);
  await expectSameAsApi(page);
});

test('times are local or UTC by one switch, and hovering tells both', async ({
  page,
}) => {
  await openTrail(page);
  const [{ occurredAt }] = await expectSameAsApi(page);
  const time = row(page, 1).locator('time');
  const inZone = (timeZone: string) =>
    new Intl.DateTimeFormat('en-GB', {
      timeStyle: 'medium',
      timeZone,
    }).format(new Date(occurredAt));
  await time.hover();
  const title = await time.getAttribute('title');
  expect(title!.split('\n')).toEqual([
    expect.stringContaining(`${inZone('America/New_York')} America/New_York`),
    expect.stringContaining(`${inZone('UTC')} UTC`),
    expect.stringMatching(/ ago$|just now/),
  ]);

  await row(page, 20).click();
  const told = page.getByRole('dialog').locator('time').first();
  await expect(told).toHaveText(/America\/New_York · .* UTC · .* ago$/);
  await page.keyboard.press('Escape');
  await menu(page, 'UTC').click();
  await row(page, 20).click();
  await expect(told).toHaveText(/ UTC · .* America\/New_York · .* ago$/);
  await page.reload();
  await expect(told).toHaveText(/ UTC · .* America\/New_York · .* ago$/);
});

test('the drawer tells everything of an event, and where it leads to', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  // Destinations need not have been there when the sample was recorded.
  await sendToSegmentIntake(page, {
    name: WAREHOUSE,
    type: 'Warehouse Disabled',
  });
  await openTrail(page, 'range=all&type=warehouse.disabled');
  const [event] = await expectSameAsApi(page);
  await row(page, 1).click();
  const drawer = page.getByRole('dialog');
  const fact = (name: string) => drawer.locator(`dt:text-is("${name}") + dd`);
  await expect(fact('Who')).toContainText(event.actor.email ?? event.actor.id);
  await expect(fact('What')).toContainText(`"${event.originalType}"`);
  await expect(fact('Where')).toContainText(event.workspace);
  await expect(fact('Arrived')).toContainText(/Segment, by .*webhook/);
  await expect(fact('Event id')).toHaveText(event.id);
  await expect(
    drawer.getByRole('list', { name: 'Deliveries' }).getByRole('listitem'),
  ).not.toHaveCount(0);

  await drawer.getByText('Details', { exact: true }).click();
  await expect(drawer.locator('pre')).toContainText(
    String(event.details.warehouse_id),
  );
  await drawer.getByRole('button', { name: 'Copy JSON' }).click();
  await expect(drawer.getByText('Copied')).toBeVisible();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(await clipboard())).toEqual(event);
  await drawer.getByRole('button', { name: 'Copy link' }).click();
  await expect.poll(clipboard).toContain(`/audit-trail/events/${event.id}`);
  const link = await clipboard();

  const segment = drawer.getByRole('link', { name: /^Open in Segment/ });
  await expect(segment).toHaveAttribute(
    'href',
    `https://app.segment.com/acme/warehouses/${event.resource.id}/overview`,
  );
  await drawer.getByRole('link', { name: 'Open in the catalog' }).click();
  await expect(page).toHaveURL(/\/catalog\/default\/resource\/acme\.warehouse/);

  await page.goto(link);
  await expect(fact('Event id')).toHaveText(event.id);
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(page).toHaveURL(/\/audit-trail$/);
});

test('what an event says is text and nothing else', async ({ page }) => {
  const dialogs: string[] = [];
  page.on('dialog', async dialog => {
    dialogs.push(dialog.message());
    await dialog.dismiss();
  });
  const id = `hostile-${Date.now()}`;
  const name = `${id} <img src=x onerror="alert(1)"><script>alert(2)</script><a href="javascript:alert(3)">x</a>\u202e`;
  await signIn(page, '/audit-trail');
  await sendToSegmentIntake(page, { name, type: 'Warehouse Modified' });
  await page.goto(`/audit-trail?range=7d&q=${id}`);
  await expect(row(page, 1)).toContainText(name);
  await row(page, 1).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText(name);
  await drawer.getByText('Details', { exact: true }).click();
  await expect(drawer.locator('pre')).toContainText('onerror');
  const live = page
    .locator('table, [role=dialog], [role=group]')
    .locator('img, script, iframe, [onerror], [href^="javascript:" i]');
  await expect(live).toHaveCount(0);
  await page.keyboard.press('Escape');

  await menu(page, 'Resources').click();
  const found = page.getByRole('menuitemcheckbox', { name: id });
  await page.getByRole('textbox', { name: 'Find resources' }).fill(id);
  await expect(found).toContainText(name);
  await found.click();
  await page.keyboard.press('Escape');
  await expect(
    page.getByRole('group', { name: 'Active filters' }),
  ).toContainText(name);
  await expect(live).toHaveCount(0);
  // The others had the time to open one, and it would have been noticed.
  await page.evaluate('alert("noticed")');
  expect(dialogs).toEqual(['noticed']);
});

test('what an event changed stands before and after', async ({ page }) => {
  await signIn(page, '/audit-trail');
  // The portal's own changes tell what was before.
  await changeDestination(page, 'siem-demo', { paused: true });
  await changeDestination(page, 'siem-demo', { paused: false });
  const events = await listEvents(page, 'category=audit-trail');
  const changed = events.find(({ changes }) =>
    changes?.some(({ before, after }) => before ?? after),
  )!;
  await page.goto(`/audit-trail/events/${changed.id}`);
  const table = page
    .getByRole('dialog')
    .getByRole('table')
    .filter({ hasText: 'Before' });
  await expect(table.getByRole('row')).not.toHaveCount(1);
  await expect(table).toContainText(changed.changes![0].path);
});

test('what happened around an event is counted, and listed by a click', async ({
  page,
}) => {
  await openTrail(page, 'range=all&category=warehouses');
  const listed = await expectSameAsApi(page);
  for (const { id } of listed) {
    const { resource } = await (
      await auditTrailApi(page, `/events/${id}/related`)
    ).json();
    if (resource.totalItems > 1) {
      await page.goto(`/audit-trail/events/${id}`);
      await page
        .getByRole('dialog')
        .getByRole('button', { name: / on .* in the hours around$/ })
        .click();
      await expect(page.getByRole('dialog')).toBeHidden();
      const around = await expectSameAsApi(page);
      expect(around).toHaveLength(resource.totalItems);
      expect(around.map(event => event.id)).toContain(id);
      return;
    }
  }
  throw new Error('No warehouse has two events within hours');
});

testAlone(
  'new events are announced, and come only when they are wanted',
  async ({ page }) => {
    await page.clock.install();
    const text = `brand-new-${Date.now()}`;
    const modified = { name: text, type: 'Warehouse Modified' };
    await signIn(page, `/audit-trail?range=7d&q=${text}`);
    await expect(page.getByText('No events found')).toBeVisible();
    await sendToSegmentIntake(page, modified);
    await page.clock.runFor(31_000);
    await page.getByRole('button', { name: '1 new event: show' }).click();
    await expect(row(page, 1)).toContainText(text);
    await expect(eventRows(page)).toHaveCount(1);

    // Where there are some, none moves.
    const before = await shownEvents(page);
    await sendToSegmentIntake(page, modified);
    await sendToSegmentIntake(page, modified);
    await page.clock.runFor(31_000);
    const announced = page.getByRole('button', { name: '2 new events: show' });
    await expect(announced).toBeVisible();
    expect(await shownEvents(page)).toEqual(before);
    await announced.click();
    await expect(eventRows(page)).toHaveCount(3);
    await expect(announced).toBeHidden();
  },
);
