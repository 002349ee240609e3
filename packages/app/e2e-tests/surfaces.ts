import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test } from './browser';
import {
  auditTrailApi,
  eventRows,
  eventsTable,
  navigation,
  RESOURCES,
  signIn,
} from './portal';

/** The demo's users; each has a portal and a project of their own. */
type DemoUser = 'owner' | 'engineer' | 'stranger';

/** Who each row of the table is, and on which entities it is tried. */
const ROWS: Record<string, { user: DemoUser; entities: string[] }> = {
  'a stranger': {
    user: 'stranger',
    entities: ['web-shop', 'loyalty-program', 'orders-redshift'],
  },
  'an engineer, elsewhere': {
    user: 'engineer',
    entities: ['orders-redshift', 'mobile-app', 'customer-profiles'],
  },
  'an engineer, on an entity of their group': {
    user: 'engineer',
    entities: ['web-shop'],
  },
  'an engineer, on an entity of a group above theirs': {
    user: 'engineer',
    entities: ['loyalty-program'],
  },
  'an Owner': {
    user: 'owner',
    entities: ['web-shop', 'loyalty-program', 'orders-redshift'],
  },
};

/** Who owns the entities, as they are called. */
const ENTITY_OWNERS: Record<string, string> = {
  'web-shop': 'Web Team',
  'mobile-app': 'Marketing',
  'loyalty-program': 'Commerce',
  'orders-redshift': 'Data Platform',
  'customer-profiles': 'Data Platform',
};

const entityPath = (entity: string) =>
  `/catalog/default/resource/${RESOURCES[entity]}`;

/** An entity's page, once it is there and the trail said whom it serves. */
async function openEntity(page: Page, entity: string) {
  const access = page.waitForResponse('**/api/audit-trail/v1/access');
  await page.goto(entityPath(entity));
  await access;
  await expect(page.getByRole('heading', { name: 'Relations' })).toBeVisible();
  // What is not there may still be on its way: cards are loaded by themselves.
  await page.waitForLoadState('networkidle');
}

async function expectNoAccess(page: Page, title: string, ask: string[]) {
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  for (const name of ask) {
    await expect(
      page.getByRole('status').getByRole('link', { name }),
    ).toBeVisible();
  }
  await expect(eventsTable(page)).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

const expectNoPage = (page: Page) =>
  expectNoAccess(page, 'You have no access to the Audit Trail', [
    'Segment Owners',
  ]);

/** Id of the latest event of an entity, which only an Owner surely sees. */
async function latestEvent(page: Page, entity: string): Promise<string> {
  const response = await auditTrailApi(
    page,
    `/events?entityRef=resource:default/${RESOURCES[entity]}&limit=1`,
    process.env.OWNER_URL,
  );
  const { items } = await response.json();
  return items[0].id;
}

/** How each cell of a column is tried, by what it says. */
const COLUMNS: Record<
  string,
  Record<string, (page: Page, entity: string) => Promise<void>>
> = {
  'navigation entry': {
    shown: async (page, entity) => {
      await openEntity(page, entity);
      await navigation(page).getByRole('link', { name: 'Audit Trail' }).click();
      await expect(page).toHaveURL(/\/audit-trail$/);
    },
    hidden: async (page, entity) => {
      await openEntity(page, entity);
      await expect(navigation(page).getByText('Audit Trail')).toBeHidden();
    },
  },
  page: {
    shown: async page => {
      await page.goto('/audit-trail');
      await expect(eventRows(page).nth(1)).toBeVisible();
    },
    'no access': async page => {
      await page.goto('/audit-trail');
      await expectNoPage(page);
    },
  },
  card: {
    shown: async (page, entity) => {
      await openEntity(page, entity);
      const main = page.getByRole('main');
      await expect(
        main.getByRole('heading', { name: 'Audit Trail' }),
      ).toBeVisible();
      await expect(main.getByText(/^Last change/)).toBeVisible();
    },
    hidden: async (page, entity) => {
      await openEntity(page, entity);
      const main = page.getByRole('main');
      await expect(
        main.getByRole('heading', { name: 'Audit Trail' }),
      ).toHaveCount(0);
      await expect(main.getByText(/^(Last change|No changes)/)).toHaveCount(0);
    },
  },
  tab: {
    shown: async (page, entity) => {
      await openEntity(page, entity);
      await page
        .getByRole('main')
        .getByRole('link', { name: 'Audit Trail', exact: true })
        .click();
      await expect(page).toHaveURL(/\/audit-trail$/);
      await expect(eventRows(page).nth(0)).toBeVisible();
    },
    hidden: async (page, entity) => {
      await openEntity(page, entity);
      const main = page.getByRole('main');
      await expect(main.getByRole('link', { name: 'Overview' })).toBeVisible();
      await expect(
        main.getByRole('link', { name: 'Audit Trail', exact: true }),
      ).toHaveCount(0);
    },
  },
  "the tab's address": {
    shown: async (page, entity) => {
      await page.goto(`${entityPath(entity)}/audit-trail`);
      await expect(eventRows(page).nth(0)).toBeVisible();
    },
    'no access': async (page, entity) => {
      await page.goto(`${entityPath(entity)}/audit-trail`);
      await expectNoAccess(page, 'You have no access to this Audit Trail', [
        ENTITY_OWNERS[entity],
        'Segment Owners',
      ]);
    },
  },
  'event link': {
    opens: async (page, entity) => {
      const id = await latestEvent(page, entity);
      await page.goto(`/audit-trail/events/${id}`);
      await expect(page.getByRole('dialog')).toContainText(id);
    },
    'no access': async (page, entity) => {
      const id = await latestEvent(page, entity);
      await page.goto(`/audit-trail/events/${id}`);
      await expectNoPage(page);
      await expect(page.getByText(/^The event of the link/)).toBeVisible();
    },
  },
};

/** The table of docs/permissions.md, row by row, as its columns name it. */
function surfaceTable(): Record<string, string>[] {
  const docs = path.resolve(__dirname, '../../../docs/permissions.md');
  const [, table] =
    /<!-- surface-table -->\s+((?:\|.*\|\n)+)/.exec(
      readFileSync(docs, 'utf8'),
    ) ?? [];
  const [header, , ...rows] = (table ?? '').trim().split('\n').map(cells);
  return rows.map(row =>
    Object.fromEntries(header.map((column, index) => [column, row[index]])),
  );
}

function cells(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim());
}

/** Tries each cell of the table that is about one of the demo's users. */
export function testSurfaces(user: DemoUser) {
  const rows = surfaceTable();

  test('the table of the documentation is the one that is tried', () => {
    expect(rows.map(({ who }) => who)).toEqual(Object.keys(ROWS));
    expect(Object.keys(rows[0])).toEqual(['who', ...Object.keys(COLUMNS)]);
  });

  for (const { who, ...row } of rows) {
    for (const entity of ROWS[who]?.user === user ? ROWS[who].entities : []) {
      test(`${who}: ${entity}`, async ({ page }) => {
        await signIn(page);
        for (const [column, cell] of Object.entries(row)) {
          await test.step(`${column}: ${cell}`, async () => {
            const check = COLUMNS[column][cell];
            expect(check, `a way to try "${cell}"`).toBeDefined();
            await check(page, entity);
          });
        }
      });
    }
  }
}
