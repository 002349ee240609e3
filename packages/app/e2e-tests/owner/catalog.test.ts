import { expect } from '@playwright/test';
import { test } from '../browser';
import { signIn } from '../portal';

test('an Owner signs in and sees the sources in the catalog', async ({
  page,
}) => {
  await signIn(page, '/?filters[kind]=resource&filters[user]=all');

  for (const title of ['Web Shop', 'Mobile App', 'Payments API']) {
    await expect(
      page.getByRole('link', { name: title, exact: true }),
    ).toBeVisible();
  }
});
