import {
  test as base,
  type Browser,
  type BrowserContext,
} from '@playwright/test';

/** What is particular to a reader. */
export interface Reader {
  locale?: string;
  timezoneId?: string;
}

/** A browser that has not seen the portal yet. */
export const newReader = (
  browser: Browser,
  baseURL: string | undefined,
  reader: Reader = {},
): Promise<BrowserContext> =>
  browser.newContext({
    ...reader,
    baseURL,
    viewport: { width: 1440, height: 900 },
  });

/**
 * Tests that share one browser, which has loaded the portal before: to load it
 * anew is half of what a test takes. Each has a page of its own, and what it kept
 * in the browser is gone for the next. A test that stops the clock takes
 * Playwright's own `test`, as that would stand still for all.
 */
export const test = base.extend<
  object,
  { reader: Reader; shared: BrowserContext }
>({
  /** For `test.use`. */
  reader: [{}, { option: true, scope: 'worker' }],
  shared: [
    async ({ browser, reader }, provide, { project }) => {
      const context = await newReader(browser, project.use.baseURL, reader);
      await provide(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
  context: async ({ shared }, provide) => {
    await provide(shared);
  },
  page: async ({ shared }, provide) => {
    const page = await shared.newPage();
    await provide(page);
    if (page.url() !== 'about:blank') {
      await page.evaluate(() => localStorage.clear());
    }
    await Promise.all(shared.pages().map(open => open.close()));
    await shared.clearCookies();
  },
});
