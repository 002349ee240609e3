import { expect } from '@playwright/test';
import { test } from '../browser';
import { signIn } from '../portal';

test('an engineer signs in and finds the web shop among what they own', async ({
  page,
}) => {
  await signIn(page, '/?filters[kind]=resource&filters[user]=owned');

  await expect(
    page.getByRole('link', { name: 'Web Shop', exact: true }),
  ).toBeVisible();
  await expect(
    page.getByRole('link', { name: 'Payments API', exact: true }),
  ).toHaveCount(0);
});
