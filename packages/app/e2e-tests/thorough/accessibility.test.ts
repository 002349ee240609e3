import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { test } from '../browser';
import { eventRows, listEvents, RESOURCES, signIn } from '../portal';

/** Light or dark, as the portal's settings keep it. */
const THEMES = ['light', 'dark'] as const;

/** Our own part of a page. */
const OURS = ['article'];

/** What Backstage's own header has in our part: its tabs name no panel. */
const isOfTheShell = (rule: string, html: string) =>
  rule === 'aria-valid-attr-value' && html.includes('class="bui-Tab');

/** Expects that axe finds nothing serious in these parts of the page. */
async function expectAccessible(page: Page, what: string, parts = OURS) {
  // What fades in has another contrast on its way.
  await page.waitForTimeout(400);
  const axe = new AxeBuilder({ page });
  for (const selector of parts) {
    if ((await page.locator(selector).count()) > 0) {
      axe.include(selector);
    }
  }
  const { violations, passes } = await axe.analyze();
  expect(passes.length, `${what}: rules that were tried`).toBeGreaterThan(3);
  const found = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({
      id,
      nodes: nodes
        .filter(({ html }) => !isOfTheShell(id, html))
        .map(({ html, failureSummary }) => [html, failureSummary]),
    }))
    .filter(({ nodes }) => nodes.length > 0);
  expect(found, `${what}: what axe finds`).toEqual([]);
}

async function openIn(page: Page, theme: string, path: string) {
  await page.addInitScript(name => localStorage.setItem('theme', name), theme);
  await signIn(page, path);
}

/** A part of the page as a selector of its own. */
async function marked(part: Locator): Promise<string> {
  await part.evaluate(element => element.setAttribute('data-tried', ''));
  return '[data-tried]';
}

// Trying all rules takes a while, for each of so many parts.
test.describe.configure({ timeout: 180_000 });

for (const theme of THEMES) {
  test.describe(`in the ${theme} theme`, () => {
    test('the page, its menus and the drawer are accessible', async ({
      page,
    }) => {
      await openIn(
        page,
        theme,
        '/audit-trail?limit=25&views=shown&not.actor=nobody',
      );
      await expect(eventRows(page).nth(1)).toBeVisible();
      await expect(page.getByRole('list', { name: 'Areas' })).toBeVisible();
      await expectAccessible(page, 'page');
      for (const name of [
        'Last 90 days',
        'Events',
        'Actors',
        'Resources',
        'More',
        'Saved views',
        'Columns and rows',
        'Keyboard',
      ]) {
        await page.getByRole('button', { name, exact: true }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await expectAccessible(page, `menu ${name}`, ['[role="dialog"]']);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toBeHidden();
      }
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await expectAccessible(page, 'menu of exports', ['[role="menu"]']);
      await page.keyboard.press('Escape');

      const events = await listEvents(page, 'harmful=true');
      const detailed = events.find(
        ({ details }) => Object.keys(details ?? {}).length > 0,
      )!;
      await page.goto(`/audit-trail/events/${detailed.id}`);
      await expect(page.getByRole('dialog')).toContainText('hours around');
      await page.getByText('Details', { exact: true }).click();
      await expectAccessible(page, 'drawer', ['[role="dialog"]']);
    });

    test('card and tab of an entity, and forwarding, are accessible', async ({
      page,
    }) => {
      const entity = `/catalog/default/resource/${RESOURCES['orders-redshift']}`;
      await openIn(page, theme, entity);
      await expect(page.getByText(/^Last change/)).toBeVisible();
      const card = page
        .getByRole('main')
        .locator('[class*="MuiCard-root"]')
        .filter({ hasText: /Last change/ });
      await expect(
        card.getByRole('img', { name: /^Last 90 days/ }),
      ).toBeVisible();
      await expectAccessible(page, 'card', [await marked(card)]);

      await page.goto(`${entity}/audit-trail`);
      await expect(eventRows(page).first()).toBeVisible();
      await expectAccessible(page, 'tab');

      await page.goto('/audit-trail/forwarding');
      await expect(
        page.getByRole('list', { name: 'Destinations' }),
      ).toBeVisible();
      await expectAccessible(page, 'forwarding');
      await page.getByRole('button', { name: 'More about SIEM' }).click();
      await expectAccessible(page, 'menu of a destination', ['[role="menu"]']);
      await page.getByRole('menuitem', { name: 'Edit filter…' }).click();
      await expect(page.getByText(/^Of the last 7 days/)).toBeVisible();
      await expectAccessible(page, 'filter of a destination', [
        '[role="dialog"]',
      ]);
    });
  });
}

test('the reader chooses German in the settings, and reads it everywhere', async ({
  page,
}) => {
  await signIn(page, '/settings');
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Language' })
    .getByRole('button')
    .click();
  await page.getByRole('option', { name: 'Deutsch' }).click();
  await page.goto('/audit-trail');
  await expect(
    page.getByRole('table', { name: 'Audit-Ereignisse' }),
  ).toBeVisible();
  await expect(eventRows(page).nth(1)).toBeVisible();
  await expect(page.getByText(/^\d[\d.]* Ereignisse$/)).toBeVisible();
  await eventRows(page).first().click();
  await expect(page.getByRole('dialog')).toContainText('Rundherum');
  await page.goto('/audit-trail/forwarding');
  await expect(page.getByRole('list', { name: 'Ziele' })).toBeVisible();
});
