import { expect, type Page } from '@playwright/test';
import { test } from '../browser';
import {
  auditTrailApi,
  eventRows,
  expectSameAsApi,
  forgetSettings,
  listEvents,
  shownEvents,
  signIn,
} from '../portal';

const menu = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const search = (page: Page) =>
  page.getByRole('textbox', { name: 'Search the Audit Trail' });
const chips = (page: Page) =>
  page.getByRole('group', { name: 'Active filters' });
const params = (page: Page) => new URL(page.url()).searchParams;

// What a reader chooses is theirs on every page, and so in every test.
test.afterEach(({ page }) => forgetSettings(page));

/** Opens the page with the events of all time. */
async function openTrail(page: Page) {
  await signIn(page, '/audit-trail?range=all');
  await expect(eventRows(page).nth(1)).toBeVisible();
}

/** Chooses values of the menu that is open, by the beginnings of their names. */
async function choose(page: Page, ...names: string[]) {
  for (const name of names) {
    await page
      .getByRole('menuitemcheckbox', { name: new RegExp(`^${name}(?!\\w)`) })
      .first()
      .click();
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** Expects that reloading, and going away and back, change nothing. */
async function expectToSurvive(page: Page) {
  const address = page.url();
  const before = await shownEvents(page);
  await page.reload();
  await expect.poll(() => shownEvents(page)).toEqual(before);
  await page.goto('/catalog');
  await page.goBack();
  await expect(page).toHaveURL(address);
  await expect.poll(() => shownEvents(page)).toEqual(before);
}

test('words are found in any order, a phrase as it is, in all parts of an event', async ({
  page,
}) => {
  await openTrail(page);
  await search(page).fill('disabled warehouses');
  await expect(page).toHaveURL(/q=disabled\+warehouses/);
  const byWords = await expectSameAsApi(page);
  expect(byWords.length).toBeGreaterThan(1);

  await search(page).fill('"warehouses disabled"');
  await expect(page).toHaveURL(/q=%22/);
  const byPhrase = await expectSameAsApi(page);
  expect(byPhrase.map(({ label }) => label)).toContain('Warehouses Disabled');
  await expectToSurvive(page);

  await search(page).fill('"disabled warehouses"');
  await expect(page.getByText('No events found')).toBeVisible();
  await page.getByRole('button', { name: 'Clear search' }).click();
  await expect(search(page)).toBeFocused();
  await expect(page).not.toHaveURL(/q=/);

  // By its actor, its resource and its details as well.
  const { actor, resource, details } = byPhrase[0];
  for (const word of [
    actor.email ?? actor.id,
    resource.name,
    details.warehouse_id,
  ]) {
    await search(page).fill(String(word));
    await expect.poll(() => params(page).get('q')).toBe(String(word));
    await expectSameAsApi(page);
    expect((await shownEvents(page)).length).toBeGreaterThan(0);
  }
});

test('activities are chosen one by one or by their area, with counts', async ({
  page,
}) => {
  await openTrail(page);
  await menu(page, 'Events').click();
  const facets = await (
    await auditTrailApi(
      page,
      '/events/facets?not.type=audit-trail.viewed&not.type=audit-trail.event-viewed',
    )
  ).json();
  const { count } = facets.categories.find(
    ({ value }: { value: string }) => value === 'warehouses',
  );
  await expect(
    page.getByRole('menuitemcheckbox', {
      name: `Warehouses, ${count.toLocaleString('en')} events`,
    }),
  ).toBeVisible();
  await choose(page, 'Warehouses,');
  await expect(menu(page, 'Events (1)')).toBeVisible();
  expect(params(page).getAll('category')).toEqual(['warehouses']);
  const categoriesOf = async () =>
    new Set((await expectSameAsApi(page)).map(({ category }) => category));
  expect(await categoriesOf()).toEqual(new Set(['warehouses']));

  // With one of another area, each activity of the area stands for itself.
  await menu(page, 'Events (1)').click();
  await choose(page, 'Source Modified,');
  await expect.poll(() => params(page).getAll('category')).toEqual([]);
  expect(await categoriesOf()).toEqual(new Set(['warehouses', 'source']));

  // What is left of an area when one activity is taken out of it.
  await menu(page, /^Events \(\d+\)$/).click();
  await choose(page, 'Warehouse Run Failed');
  const rest = await expectSameAsApi(page);
  expect(rest.map(({ type }) => type)).not.toContain('warehouse.run-failed');
  await expectToSurvive(page);
});

test('actors and resources are found as they are typed', async ({ page }) => {
  await openTrail(page);
  const events = await listEvents(page, 'category=warehouses');
  const { actor, resource } = events.find(
    event => event.actor.email && event.resource?.name,
  )!;
  for (const [field, name, typed, value] of [
    ['actor', 'Actors', actor.email!.slice(0, 4), actor.id],
    ['resource', 'Resources', resource.name!.slice(0, 5), resource.key],
  ]) {
    await menu(page, name).click();
    await page.getByPlaceholder(`Find ${name.toLowerCase()}`).fill(typed);
    // Its own value stands in the tooltip: names are not unique.
    await page.getByRole('menuitemcheckbox').getByTitle(value).click();
    await page.keyboard.press('Escape');
    expect(params(page).getAll(field)).toEqual([value]);
    const found = await expectSameAsApi(page);
    expect(found.length).toBeGreaterThan(0);
  }
  await expectToSurvive(page);
});

test('outcome, origin and harm are chosen under More', async ({ page }) => {
  await openTrail(page);
  await menu(page, 'More').click();
  await choose(page, 'Failed');
  const failed = await expectSameAsApi(page);
  expect(failed.every(({ outcome }) => outcome === 'failed')).toBe(true);

  await menu(page, 'More (1)').click();
  await choose(page, 'Failed', 'Harmful only', 'Segment', 'User');
  await expect(menu(page, 'More (3)')).toBeVisible();
  const harmful = await expectSameAsApi(page);
  expect(harmful.length).toBeGreaterThan(0);
  for (const event of harmful) {
    expect(event).toMatchObject({
      harmful: true,
      source: 'segment',
      actor: { type: 'user' },
    });
  }
  await expectToSurvive(page);
  await chips(page)
    .getByRole('button', { name: 'Remove harmful only' })
    .click();
  await expect(page).not.toHaveURL(/harmful/);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page).toHaveURL(/\/audit-trail$/);
});

test('the time range is a preset, or from one minute to another', async ({
  page,
}) => {
  await openTrail(page);
  await menu(page, 'All time').click();
  await page.getByRole('menuitemradio', { name: 'Last 7 days' }).click();
  await expect(page).toHaveURL(/range=7d/);
  await expect(menu(page, 'Last 7 days')).toBeVisible();
  const week = Date.now() - 8 * 86_400_000;
  const listed = await listEvents(page, 'limit=500');
  const shown = await shownEvents(page);
  const known = listed.filter(({ id }) => shown.includes(id));
  expect(known.length).toBeGreaterThan(0);
  expect(known.every(({ occurredAt }) => Date.parse(occurredAt) > week)).toBe(
    true,
  );

  const day = (days: number) =>
    new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
  await menu(page, 'UTC').click();
  await menu(page, 'Last 7 days').click();
  await page.getByLabel('From').fill(`${day(30)}T08:00`);
  await page.getByLabel('To, included').fill(`${day(20)}T09:30`);
  await page.getByRole('button', { name: 'Apply' }).click();
  expect(params(page).get('from')).toBe(`${day(30)}T08:00:00.000Z`);
  expect(params(page).get('to')).toBe(`${day(20)}T09:30:59.999Z`);
  const events = await expectSameAsApi(page);
  expect(events.length).toBeGreaterThan(0);
  await expectToSurvive(page);

  // What cannot be is not taken.
  await page.getByRole('search').getByRole('button', { name: / – / }).click();
  await page.getByLabel('To, included').fill(`${day(40)}T09:30`);
  await expect(page.getByRole('button', { name: 'Apply' })).toBeDisabled();
});

test('each value of a row leads into the filter, and out of it', async ({
  page,
}) => {
  await openTrail(page);
  for (const column of ['Workspace', 'Outcome']) {
    await menu(page, 'Columns and rows').click();
    await choose(page, column);
  }
  const [first] = await expectSameAsApi(page);
  const row = () => eventRows(page).first();
  const values = [
    ['type', first.type],
    ['actor', first.actor.id],
    ['resource', first.resource.key],
    ['workspace', first.workspace],
    ['outcome', first.outcome],
    ['source', first.source],
  ];
  const into = async (field: string, value: string, excluded: boolean) => {
    const name = excluded ? `not.${field}` : field;
    await row().hover();
    await row()
      .getByRole('button', { name: excluded ? /^Not / : /^Only / })
      .nth(values.findIndex(([other]) => other === field))
      .click();
    await expect.poll(() => params(page).getAll(name)).toEqual([value]);
    await expectSameAsApi(page);
    await page.goBack();
    // Not before there are the rows from before again.
    await expectSameAsApi(page);
  };
  for (const [field, value] of values) {
    await into(field, value, false);
  }
  await into('actor', first.actor.id, true);
  await into('type', first.type, true);
});

test('each value of the drawer leads into the filter, and out of it', async ({
  page,
}) => {
  await openTrail(page);
  await menu(page, 'Events').click();
  await choose(page, 'Warehouses Disabled');
  const [first] = await expectSameAsApi(page);
  const drawer = page.getByRole('dialog');
  await eventRows(page).first().click();
  await drawer.getByRole('button', { name: /^Not / }).first().click();
  await expect(drawer).toBeHidden();
  expect(params(page).getAll('not.actor')).toEqual([first.actor.id]);
  await expect(chips(page).getByText(/^not: /)).toBeVisible();
  const others = await expectSameAsApi(page);
  expect(others.map(({ actor }) => actor.id)).not.toContain(first.actor.id);

  // What is chosen in the drawer takes its place: back leads to the list.
  await page.goBack();
  await expect(page).not.toHaveURL(/not\.actor|event=/);
  await eventRows(page).first().click();
  await drawer
    .getByRole('button', { name: 'Only warehouse orders-redshift' })
    .click();
  await expect(drawer).toBeHidden();
  expect(params(page).getAll('resource')).toEqual([first.resource.key]);
  await expectSameAsApi(page);
});

test('a link shows the same to a colleague', async ({ page, browser }) => {
  await openTrail(page);
  await search(page).fill('warehouse');
  await expect(page).toHaveURL(/q=warehouse/);
  await menu(page, 'More').click();
  await choose(page, 'Harmful only');
  await page.getByRole('button', { name: 'When' }).click();
  await expect(page).toHaveURL(/order=asc/);
  await expectSameAsApi(page);
  const shown = await shownEvents(page);
  const colleague = await browser.newPage();
  await signIn(colleague, page.url());
  await expect.poll(() => shownEvents(colleague)).toEqual(shown);
  await colleague.close();
});

test('a filter that finds nothing names the one to drop', async ({ page }) => {
  await signIn(
    page,
    '/audit-trail?range=all&type=warehouse.disabled&actorType=system&q=orders-redshift',
  );
  await expect(
    page.getByRole('heading', { name: 'No events found' }),
  ).toBeVisible();
  const way = page.getByRole('button', { name: /^Without System: / });
  await expect(way).toContainText(/\d events?$/);
  await way.click();
  await expect(page).not.toHaveURL(/actorType/);
  const events = await expectSameAsApi(page);
  expect(events.length).toBeGreaterThan(0);
});
