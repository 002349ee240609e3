import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { eventsTable, signIn } from '../portal';

/** Light or dark, as the portal's settings keep it. */
const THEMES = ['light', 'dark'] as const;

/** Our own part of a page, and what lies over it. */
const OURS = ['main', '[role="dialog"]', '[role="menu"]'];

async function expectAccessible(page: Page, what: string) {
  // What fades in has another contrast on its way.
  await page.waitForTimeout(400);
  const axe = new AxeBuilder({ page });
  for (const selector of OURS) {
    if ((await page.locator(selector).count()) > 0) {
      axe.include(selector);
    }
  }
  const { violations } = await axe.analyze();
  const found = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html, failureSummary }) => [html, failureSummary]),
    }));
  expect(found, `${what}: what axe finds`).toEqual([]);
}

async function openIn(page: Page, theme: string, path: string) {
  await page.addInitScript(name => localStorage.setItem('theme', name), theme);
  await signIn(page, path);
}

for (const theme of THEMES) {
  test.describe(`in the ${theme} theme`, () => {
    test('the page, its menus and the drawer are accessible', async ({
      page,
    }) => {
      await openIn(page, theme, '/audit-trail?views=shown&not.actor=nobody');
      const table = eventsTable(page);
      await expect(table.getByRole('row').nth(2)).toBeVisible();
      await expectAccessible(page, 'page');
      for (const name of [
        'Last 90 days',
        'Events',
        'Actors',
        'Resources',
        'More',
        'Columns and rows',
        'Keyboard',
      ]) {
        await page.getByRole('button', { name, exact: true }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await expectAccessible(page, `menu ${name}`);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toBeHidden();
      }
      await page.goto('/audit-trail?harmful=true');
      await table.getByRole('row').nth(1).click();
      await expect(page.getByRole('dialog')).toContainText('Around it');
      await expect(page.getByRole('dialog')).toContainText('hours around');
      await expectAccessible(page, 'drawer');
    });

    test('card and tab of an entity, and forwarding, are accessible', async ({
      page,
    }) => {
      await openIn(page, theme, '/catalog/default/resource/orders-redshift');
      await expect(page.getByText(/^Last change/)).toBeVisible();
      const card = page
        .getByRole('main')
        .locator('[class*="MuiCard-root"]')
        .filter({ hasText: /Last change/ });
      await card.evaluate(element => element.setAttribute('data-card', ''));
      const { violations } = await new AxeBuilder({ page })
        .include('[data-card]')
        .analyze();
      expect(
        violations.filter(
          ({ impact }) => impact === 'serious' || impact === 'critical',
        ),
        'card: what axe finds',
      ).toEqual([]);

      await page.goto('/catalog/default/resource/orders-redshift/audit-trail');
      await expect(eventsTable(page).getByRole('row').nth(1)).toBeVisible();
      await expectAccessible(page, 'tab');

      await page.goto('/audit-trail/forwarding');
      await expect(
        page.getByRole('list', { name: 'Destinations' }),
      ).toBeVisible();
      await expectAccessible(page, 'forwarding');
      await page
        .getByRole('button', { name: /^More about/ })
        .first()
        .click();
      await expectAccessible(page, 'menu of a destination');
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
  const table = page.getByRole('table', { name: 'Audit-Ereignisse' });
  await expect(table.getByRole('row').nth(2)).toBeVisible();
  await expect(page.getByText(/^\d[\d.]* Ereignisse$/)).toBeVisible();
  await table.getByRole('row').nth(1).click();
  await expect(page.getByRole('dialog')).toContainText('Rundherum');
  await page.goto('/audit-trail/forwarding');
  await expect(page.getByRole('list', { name: 'Ziele' })).toBeVisible();
});
