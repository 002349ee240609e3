import { readFile } from 'node:fs/promises';
import { createServer, get, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { expect, type Download, type Page } from '@playwright/test';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import { test } from '../browser';
import {
  asApiParams,
  auditTrailApi,
  csvRows,
  eventRows,
  exportAs,
  signIn,
} from '../portal';

/** Pages of the API that a whole trail is compared with take a while. */
const EVENTS = Number(process.env.E2E_EVENTS) || 1_500;

const done = (page: Page) => page.getByText(/^Complete: /);
const failed = (page: Page) =>
  page.getByText(/^The export broke off after .*, so no file was saved/);

async function openTrail(page: Page, query: string) {
  // There is nobody who could choose where to save a large file.
  await page.addInitScript(() => {
    delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker;
  });
  await signIn(page, `/audit-trail?${query}`);
  await expect(eventRows(page).nth(1)).toBeVisible();
}

/** All that the API lists for what the page shows, page by page. */
async function allOfApi(page: Page, params: URLSearchParams) {
  const all: AuditEvent[] = [];
  params.set('limit', '500');
  for (;;) {
    const response = await auditTrailApi(page, `/events?${params}`);
    if (response.status() === 429) {
      const wait = Number(response.headers()['retry-after']) * 1_000;
      await page.waitForTimeout(wait);
      continue;
    }
    expect(response.status()).toBe(200);
    const { items, pageInfo } = await response.json();
    all.push(...items);
    if (!pageInfo.nextCursor) {
      return all;
    }
    params.set('cursor', pageInfo.nextCursor);
  }
}

async function saved(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}

/** The events of a file, in the API's form. */
const EVENTS_OF: Record<string, (text: string) => AuditEvent[]> = {
  NDJSON: text =>
    text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
      .filter(line => line.id),
  JSON: text => JSON.parse(text).items,
};

/** A line of a CSV file as the event that it stands for. */
function eventOf(row: Record<string, string>): unknown {
  const cell = (name: string) => row[name].replace(/^'/, '') || undefined;
  const json = (name: string) => row[name] && JSON.parse(cell(name)!);
  const part = (name: 'actor' | 'resource', fields: string[]) =>
    fields.map(
      field =>
        [
          field,
          cell(`${name}${field[0].toUpperCase()}${field.slice(1)}`),
        ] as const,
    );
  const known = (entries: (readonly [string, unknown])[]) =>
    Object.fromEntries(entries.filter(([, value]) => value));
  const texts = [
    ...['id', 'occurredAt', 'recordedAt', 'type', 'label', 'originalType'],
    ...['category', 'verb', 'outcome', 'workspace', 'source', 'severity'],
    'correlationId',
  ].map(name => [name, cell(name)] as const);
  const parsed = ['intakes', 'resources', 'changes', 'details'].map(
    name => [name, json(name)] as const,
  );
  return {
    ...known([...texts, ...parsed]),
    harmful: row.harmful === 'true',
    actor: known(part('actor', ['type', 'id', 'name', 'email', 'entityRef'])),
    resource: known(
      part('resource', ['key', 'type', 'id', 'name', 'entityRef']),
    ),
  };
}

test(`all ${EVENTS} events are exported, row by row as the API lists them`, async ({
  page,
}) => {
  test.setTimeout(90_000 + EVENTS * 5);
  await openTrail(page, 'range=all&source=segment');
  const params = asApiParams(page);
  const downloading = page.waitForEvent('download', { timeout: 0 });
  await exportAs(page, 'CSV');
  const rows = csvRows((await saved(await downloading)).toString('utf8'));
  expect(rows.length).toBeGreaterThanOrEqual(EVENTS);
  await expect(done(page)).toContainText(
    `Complete: ${rows.length.toLocaleString('en')} events, `,
  );

  const events = await allOfApi(page, params);
  expect(rows).toHaveLength(events.length);
  // One assertion for each of so many rows would take minutes.
  const other = events.findIndex(
    (event, index) => !isDeepStrictEqual(eventOf(rows[index]), event),
  );
  if (other >= 0) {
    expect(eventOf(rows[other]), `row ${other}`).toEqual(events[other]);
  }
});

for (const format of ['NDJSON', 'JSON'] as const) {
  test(`${format} has the events of the filter as the API has them`, async ({
    page,
  }) => {
    await openTrail(page, 'range=all&category=warehouses&order=asc');
    const params = asApiParams(page);
    const downloading = page.waitForEvent('download');
    await exportAs(page, format);
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(
      new RegExp(`\\.${format.toLowerCase()}$`),
    );
    const text = (await saved(download)).toString('utf8');
    const events = await allOfApi(page, params);
    expect(events.length).toBeGreaterThan(10);
    expect(EVENTS_OF[format](text)).toEqual(events);
    await expect(done(page)).toContainText(
      `${events.length.toLocaleString('en')} events`,
    );
  });
}

test('a compressed file is the same file', async ({ page }) => {
  await openTrail(page, 'range=all&category=warehouses');
  const files: string[] = [];
  for (const compressed of [false, true]) {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    if (compressed) {
      await page.getByRole('menuitemcheckbox', { name: /gzip/ }).click();
    }
    const downloading = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /^CSV/ }).click();
    const download = await downloading;
    const file = await saved(download);
    expect(download.suggestedFilename().endsWith('.gz')).toBe(compressed);
    files.push((compressed ? gunzipSync(file) : file).toString('utf8'));
    await page.getByRole('button', { name: 'Close' }).click();
  }
  expect(files[1]).toBe(files[0]);
});

test('a file that the reader has chosen is written as it comes', async ({
  page,
}) => {
  // The browser's own dialog cannot be used here: a file of the page's own
  // stands in for one that somebody chooses.
  await page.addInitScript(() => {
    Object.assign(window, {
      showSaveFilePicker: async () =>
        (await navigator.storage.getDirectory()).getFileHandle('chosen.csv', {
          create: true,
        }),
    });
  });
  await page.route('**/api/audit-trail/v1/events?**', async route => {
    const response = await route.fetch();
    const body = await response.json();
    // What a trail of more events than are counted says.
    await route.fulfill({
      response,
      json: { ...body, totalItemsCapped: true },
    });
  });
  await signIn(page, '/audit-trail?range=all&category=warehouses');
  await expect(eventRows(page).nth(1)).toBeVisible();
  await exportAs(page, 'CSV');
  await expect(done(page)).toBeVisible();
  const text = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    const file = await (await folder.getFileHandle('chosen.csv')).getFile();
    return file.text();
  });
  const events = await allOfApi(page, asApiParams(page));
  expect(csvRows(text).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
});

/** How a proxy between the portal and the browser gives up. */
const CUTS: Record<string, (response: ServerResponse) => void> = {
  'breaks off': response => response.destroy(),
  'ends as if all had come': response => response.end(),
};

for (const [how, cut] of Object.entries(CUTS)) {
  test(`an export whose connection ${how} is reported, and nothing is saved`, async ({
    page,
    baseURL,
  }) => {
    const downloads: Download[] = [];
    page.on('download', download => downloads.push(download));
    const proxy = createServer((request, response) => {
      get(`${baseURL}${request.url}`, { headers: request.headers }, answer => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.once('data', (part: Buffer) => {
          const half = part.subarray(0, Math.ceil(part.length / 2));
          response.write(half, () => cut(response));
          answer.destroy();
        });
      });
    });
    await new Promise<void>(resolve => proxy.listen(0, resolve));
    const { port } = proxy.address() as AddressInfo;
    await page.route('**/events/export?**', route =>
      route.continue({
        url: route
          .request()
          .url()
          .replace(/^http:\/\/[^/]+/, `http://localhost:${port}`),
      }),
    );
    try {
      await openTrail(page, 'range=all&category=warehouses');
      await exportAs(page, 'CSV');
      await expect(failed(page)).toBeVisible();
      await expect(done(page)).toHaveCount(0);
      expect(downloads).toEqual([]);
    } finally {
      proxy.close();
    }

    // Trying again does the same export, which is whole now.
    await page.unroute('**/events/export?**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(done(page)).toBeVisible();
    await expect.poll(() => downloads.length).toBe(1);
    const events = await allOfApi(page, asApiParams(page));
    const rows = csvRows((await saved(downloads[0])).toString('utf8'));
    expect(rows.map(eventOf)).toEqual(events);
  });
}

test('an export that somebody cancels leaves nothing', async ({ page }) => {
  const downloads: Download[] = [];
  page.on('download', download => downloads.push(download));
  let answer = () => {};
  const held = new Promise<void>(resolve => (answer = resolve));
  await page.route('**/events/export?**', async route => {
    await held;
    await route.continue().catch(() => {});
  });
  await openTrail(page, 'range=all');
  await exportAs(page, 'CSV');
  await expect(page.getByText(/^Exporting/)).toBeVisible();
  await expect(
    page.getByRole('button', { name: 'Export', exact: true }),
  ).toBeDisabled();
  await page.getByRole('button', { name: 'Cancel' }).click();
  answer();
  await expect(page.getByText(/^Exporting/)).toBeHidden();
  await expect(
    page.getByRole('button', { name: 'Export', exact: true }),
  ).toBeEnabled();
  expect(downloads).toEqual([]);
  await expect(failed(page)).toHaveCount(0);
});
