import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { test } from '../browser';
import {
  auditTrailApi,
  backstageToken,
  eventsTable,
  listEvents,
  RETRIED,
  signIn,
} from '../portal';

const newName = () => `e2e ${randomUUID().slice(0, 8)}`;

/** The button of the views; its name says which one is shown. */
const viewsButton = (page: Page) =>
  page.getByRole('button', { name: /^(Saved views|View: )/ });

async function choose(page: Page, view: string, item: string) {
  await page.getByRole('button', { name: `More about ${view}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test.afterEach(async ({ page }) => {
  const { items } = await (await auditTrailApi(page, '/views')).json();
  const token = await backstageToken(page);
  for (const { id, name, version } of items) {
    if (name.startsWith('e2e ')) {
      await page.request.delete(
        `/api/audit-trail/v1/views/${id}?version=${version}`,
        { ...RETRIED, headers: { Authorization: `Bearer ${token}` } },
      );
    }
  }
});

test('an Owner saves what they filtered, shares it, changes it and deletes it', async ({
  page,
}) => {
  const name = newName();
  await signIn(page, '/audit-trail?type=warehouse.disabled&range=all');
  const table = eventsTable(page);
  await expect(table).toContainText('Warehouses Disabled');

  await viewsButton(page).click();
  await page.getByRole('button', { name: 'Save what is shown…' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('checkbox', { name: /^Share with everyone/ }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(`"${name}" is saved`)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(
    page.getByRole('button', { name: `View: ${name}`, exact: true }),
  ).toBeVisible();

  // From elsewhere it leads back, also by the keyboard alone.
  await page.goto('/audit-trail?outcome=failed');
  await expect(
    page.getByRole('button', { name: 'Saved views', exact: true }),
  ).toBeVisible();
  await viewsButton(page).focus();
  await page.keyboard.press('Enter');
  const shared = page.getByRole('list', { name: 'Shared views' });
  const row = shared.getByRole('button', { name: new RegExp(`^${name}`) });
  await expect(row).toBeVisible();
  while (!(await row.evaluate(one => one === document.activeElement))) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/type=warehouse\.disabled&range=all/);
  await expect(table).toContainText('Warehouses Disabled');

  // What is narrowed further is known as changed, and can be kept.
  await page.getByRole('button', { name: /^All time/ }).click();
  await page.getByRole('menuitemradio', { name: 'Last 90 days' }).click();
  await page.getByRole('button', { name: `View: ${name} (modified)` }).click();
  await page.getByRole('button', { name: `Update "${name}"` }).click();
  await expect(page.getByText(`"${name}" is updated`)).toBeVisible();

  // The trail tells what became of the shared view.
  const listed = await listEvents(page, 'category=audit-trail&limit=100');
  const events = listed.filter(({ resource }) => resource?.name === name);
  expect(events.map(({ type, changes }) => [type, changes])).toEqual([
    [
      'audit-trail.view-modified',
      [
        {
          path: 'query',
          before: 'range=all&type=warehouse.disabled',
          after: 'range=90d&type=warehouse.disabled',
        },
      ],
    ],
    ['audit-trail.view-created', expect.any(Array)],
  ]);

  await choose(page, name, 'Delete…');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText(`"${name}" is deleted`)).toBeVisible();
  // The one that was focused is gone: it takes a moment until another is.
  await expect(async () => {
    await page.keyboard.press('Escape');
    await expect(
      page.getByRole('button', { name: 'Saved views', exact: true }),
    ).toBeVisible({ timeout: 1_000 });
  }).toPass();
});

test('a saved view becomes the filter of a destination', async ({ page }) => {
  const name = newName();
  await signIn(page);
  const token = await backstageToken(page);
  const created = await page.request.post('/api/audit-trail/v1/views', {
    headers: { Authorization: `Bearer ${token}` },
    data: { name, query: 'category=source&not.outcome=failed&range=7d' },
  });
  expect(created.status()).toBe(201);

  await page.goto('/audit-trail/forwarding');
  await page
    .getByRole('button', { name: /^More about/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Edit filter…' }).click();
  const dialog = page.getByRole('dialog', { name: /^What goes to/ });
  await dialog.getByRole('button', { name: 'Use a saved view' }).click();
  await page.getByRole('menuitem', { name }).click();
  await expect(dialog.getByText(`The filter of "${name}"`)).toBeVisible();
  await expect(
    dialog.getByRole('button', { name: /^Remove Source/ }),
  ).toBeVisible();
  await expect(
    dialog.getByRole('button', { name: /^Remove not: Failed/ }),
  ).toBeVisible();
  await expect(
    dialog.getByText(/^Of the last 7 days it would have sent/),
  ).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

test('an actor is found by a part of the name, among all events', async ({
  page,
}) => {
  await signIn(page, '/audit-trail?range=all');
  const events = await listEvents(page, 'limit=200&actorType=user');
  const { actor } = events.find(event => event.actor.email)!;
  const [part] = actor.email!.split('@');
  await page.getByRole('button', { name: 'Actors', exact: true }).click();
  const field = page.getByPlaceholder('Find actors');
  const answered = page.waitForResponse(response =>
    response.url().includes(`/events/facets/actors?`),
  );
  await field.fill(part);
  expect((await answered).status()).toBe(200);
  const choice = page.getByRole('menuitemcheckbox').first();
  await choice.click();
  await expect(page).toHaveURL(/actor=/);
  await field.fill('nobody has this name');
  await expect(page.getByText('No actors found')).toBeVisible();
});
