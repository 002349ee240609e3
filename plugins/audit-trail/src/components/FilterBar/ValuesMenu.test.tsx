import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { facets, fakeApi, responseError } from '../../__testUtils__/fixtures';
import {
  harm,
  HOSTILE_TEXTS,
  isApart,
  showing,
} from '../../__testUtils__/hostileTexts';
import { address, renderPage } from '../../__testUtils__/renderPage';

async function openActors(api: ReturnType<typeof fakeApi>, path?: string) {
  renderPage(api, path);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Actors' }));
  const field = await screen.findByLabelText('Find actors');
  await screen.findByRole('menuitemcheckbox', { name: /deploy-bot/ });
  return { user, field };
}

describe('the choices of actors', () => {
  it('are found among all events, once for what is typed', async () => {
    const api = fakeApi();
    api.findFacetValues.mockImplementation(async () => ({
      items: [
        {
          value: 'old1',
          label: 'Joanna Miller',
          type: 'user',
          count: 1_000,
          countCapped: true,
        },
      ],
      complete: false,
    }));
    const { user, field } = await openActors(
      api,
      '/audit-trail?range=all&views=shown&harmful=true',
    );
    await user.type(field, 'miller');
    await user.click(
      await screen.findByRole('menuitemcheckbox', {
        name: 'Joanna Miller, more than 1,000 events',
      }),
    );
    expect(api.findFacetValues.mock.calls).toEqual([
      [
        {
          field: 'actors',
          find: 'miller',
          filter: { harmful: true },
          entityRef: undefined,
        },
      ],
    ]);
    expect(
      screen.getByText('There are more; type on to find the others.'),
    ).toBeInTheDocument();
    expect(address().searchParams.get('actor')).toBe('old1');
    // Of what was known before, nothing matches.
    expect(
      screen.queryByRole('menuitemcheckbox', { name: /deploy-bot/ }),
    ).not.toBeInTheDocument();
  });

  it('are said not to be there only when that is known', async () => {
    const api = fakeApi();
    let answer = () => {};
    api.findFacetValues.mockImplementation(
      () =>
        new Promise(resolve => {
          answer = () => resolve({ items: [], complete: true });
        }),
    );
    const { user, field } = await openActors(api);
    await user.type(field, 'nobody');
    await waitFor(() => expect(api.findFacetValues).toHaveBeenCalled());
    expect(screen.queryByText('No actors found')).not.toBeInTheDocument();
    expect(screen.getByRole('progressbar')).toBeInTheDocument();
    answer();
    expect(await screen.findByText('No actors found')).toBeInTheDocument();
    expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
  });

  it('that are known stay where the others cannot be looked for', async () => {
    const api = fakeApi();
    api.findFacetValues.mockImplementation(async () => {
      throw await responseError(503, 'The database is too busy');
    });
    const { user, field } = await openActors(api);
    await user.type(field, 'deploy');
    expect(
      await screen.findByText(/The database is too busy/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('menuitemcheckbox', { name: /deploy-bot/ }),
    ).toBeInTheDocument();
  });

  it('are shown as the texts they are, whatever they are to do', async () => {
    const actors = HOSTILE_TEXTS.map(([, text], at) => ({
      value: `u${at}`,
      label: text,
      type: 'user',
      count: 1,
    }));
    const { user } = await openActors(
      fakeApi({
        getFacets: async () => ({
          ...facets,
          actors: [...facets.actors, ...actors],
        }),
      }),
    );
    const menu = screen.getByRole('dialog', { name: 'Actors' });
    for (const [, text] of HOSTILE_TEXTS) {
      const [label, ...others] = showing(text, menu);
      expect(others).toEqual([]);
      expect(isApart(label)).toBe(true);
    }
    expect(harm()).toEqual([]);
    await user.click(showing(HOSTILE_TEXTS[0][1], menu)[0]);
    expect(address().searchParams.get('actor')).toBe('u0');
    expect(harm()).toEqual([]);
  });
});
