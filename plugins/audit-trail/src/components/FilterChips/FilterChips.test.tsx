import { screen, within } from '@testing-library/react';
import { fakeApi } from '../../__testUtils__/fixtures';
import { harm, HOSTILE_TEXTS, isApart } from '../../__testUtils__/hostileTexts';
import { renderPage } from '../../__testUtils__/renderPage';

describe('the chips of the filter', () => {
  it.each(HOSTILE_TEXTS)('show as a text: %s', async (_, whole) => {
    // The page reads no longer one from its address.
    const text = whole.slice(0, 200);
    const params = new URLSearchParams({ range: 'all' });
    for (const name of ['type', 'category', 'actor', 'workspace', 'source']) {
      params.append(name, text);
      params.append(`not.${name}`, `${text}.`);
    }
    renderPage(fakeApi(), `/audit-trail?${params}`);
    const chips = await screen.findByRole('group', { name: 'Active filters' });
    const labels = [...chips.querySelectorAll('span > span:first-child')];
    expect(
      labels.filter(({ textContent }) => textContent === text),
    ).toHaveLength(5);
    expect(
      labels.filter(({ textContent }) => textContent?.endsWith(`${text}.`)),
    ).toHaveLength(5);
    expect(labels.filter(label => !isApart(label))).toEqual([]);
    expect(within(chips).queryByRole('link')).toBeNull();
    expect(harm()).toEqual([]);
  });
});
