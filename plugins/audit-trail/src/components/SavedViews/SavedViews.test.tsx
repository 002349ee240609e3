import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  AuditTrailAccess,
  SavedView,
  SavedViewsResponse,
} from 'backstage-plugin-audit-trail-common';
import {
  destination,
  fakeApi,
  forwardersAccess,
  responseError,
  savedView,
  siem,
} from '../../__testUtils__/fixtures';
import { address, renderPage } from '../../__testUtils__/renderPage';

const OWN = savedView();
const SHARED = savedView({
  id: 'v2',
  name: 'Failed, all time',
  query: 'order=asc&outcome=failed&range=all',
  shared: true,
  version: 4,
});

/** The page with some views; the answers change with what is done. */
async function openPage(
  options: {
    items?: SavedView[];
    mayShare?: boolean;
    path?: string;
    access?: AuditTrailAccess;
  } = {},
) {
  const { access, mayShare = true, path } = options;
  let items = options.items ?? [OWN, SHARED];
  const find = (id: string) => items.find(view => view.id === id)!;
  const api = {
    ...fakeApi(access && { getAccess: async () => access }),
    getSavedViews: jest.fn(
      async (): Promise<SavedViewsResponse> => ({ items, mayShare }),
    ),
    createSavedView: jest.fn(async request => {
      const view = savedView({ ...request, id: 'new' });
      items = [...items, view];
      return view;
    }),
    updateSavedView: jest.fn(async (id, changes) => {
      const view = { ...find(id), ...changes, version: changes.version + 1 };
      items = items.map(other => (other.id === id ? view : other));
      return view;
    }),
    deleteSavedView: jest.fn(async (id: string) => {
      items = items.filter(view => view.id !== id);
    }),
  };
  renderPage(api, path);
  const user = userEvent.setup();
  const open = async (name: string | RegExp = /^Saved views$/) => {
    await user.click(await screen.findByRole('button', { name }));
    return within(await screen.findByRole('dialog', { name: 'Saved views' }));
  };
  const choose = async (view: string, item: string) => {
    await user.click(
      await screen.findByRole('button', { name: `More about ${view}` }),
    );
    await user.click(await screen.findByRole('menuitem', { name: item }));
  };
  return { api, user, open, choose };
}

describe('saved views', () => {
  it('are shown by one click, and known again by what is shown', async () => {
    const { api, user, open } = await openPage({
      path: '/audit-trail?actor=x',
    });
    const panel = await open();
    const own = within(panel.getByRole('list', { name: 'Your views' }));
    const shared = within(panel.getByRole('list', { name: 'Shared views' }));
    expect(own.getByText(OWN.name)).toBeInTheDocument();
    expect(
      shared.getByText('Shared; last changed by olivia'),
    ).toBeInTheDocument();
    await user.click(own.getByText(OWN.name));
    await waitFor(() =>
      expect(address().search).toBe('?harmful=true&range=7d'),
    );
    expect(
      await screen.findByRole('button', { name: `View: ${OWN.name}` }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(api.queryEvents).toHaveBeenLastCalledWith(
        expect.objectContaining({
          filter: expect.objectContaining({ harmful: true }),
        }),
      ),
    );
  });

  it('are known from an address alone, and changed ones say so', async () => {
    const { api, user, open } = await openPage({
      path: '/audit-trail?range=7d&harmful=true&limit=25',
    });
    const name = `View: ${OWN.name}`;
    await screen.findByRole('button', { name });
    await user.click(
      screen.getByRole('button', { name: 'Remove harmful only' }),
    );
    const panel = await open(`${name} (modified)`);
    await user.click(
      panel.getByRole('button', { name: `Update "${OWN.name}"` }),
    );
    expect(await panel.findByText(`"${OWN.name}" is updated`)).toHaveAttribute(
      'role',
      'status',
    );
    expect(api.updateSavedView).toHaveBeenCalledWith('v1', {
      query: 'range=7d',
      version: 1,
    });
    expect(
      panel.queryByRole('button', { name: `Update "${OWN.name}"` }),
    ).not.toBeInTheDocument();
  });

  it('are gone back to', async () => {
    const { user, open } = await openPage({
      path: '/audit-trail?range=7d&harmful=true',
    });
    await screen.findByRole('button', { name: `View: ${OWN.name}` });
    await user.click(
      screen.getByRole('button', { name: 'Remove harmful only' }),
    );
    const panel = await open(/modified/);
    await user.click(
      panel.getByRole('button', { name: `Back to "${OWN.name}"` }),
    );
    await waitFor(() =>
      expect(address().search).toBe('?harmful=true&range=7d'),
    );
  });

  it('are explained where there are none, and saved from what is shown', async () => {
    const { api, user, open } = await openPage({
      items: [],
      path: '/audit-trail?outcome=failed&cursor=abc',
    });
    const panel = await open();
    expect(panel.getByText('No saved views yet')).toBeInTheDocument();
    await user.click(
      panel.getByRole('button', { name: 'Save what is shown…' }),
    );
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Save this view' }),
    );
    expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();

    api.createSavedView.mockImplementationOnce(async () => {
      throw await responseError(409, 'name: there is one of that name');
    });
    await user.type(dialog.getByLabelText('Name'), ' Failures {Enter}');
    expect(
      await dialog.findByText('there is one of that name'),
    ).toBeInTheDocument();
    expect(dialog.getByLabelText('Name')).toBeInvalid();
    await user.clear(dialog.getByLabelText('Name'));
    await user.type(dialog.getByLabelText('Name'), 'Failed ones');
    await user.click(dialog.getByRole('checkbox', { name: /^Share with/ }));
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    expect(
      await screen.findByText('"Failed ones" is saved'),
    ).toBeInTheDocument();
    expect(api.createSavedView).toHaveBeenLastCalledWith({
      name: 'Failed ones',
      query: 'outcome=failed&range=90d',
      shared: true,
    });
    await user.keyboard('{Escape}');
    expect(
      await screen.findByRole('button', { name: 'View: Failed ones' }),
    ).toBeInTheDocument();
  });

  it('are renamed and shared', async () => {
    const { api, user, open, choose } = await openPage();
    const panel = await open();
    await choose(OWN.name, 'Rename…');
    const name = await screen.findByLabelText('Name');
    await user.clear(name);
    await user.type(name, 'Bad things{Enter}');
    expect(await panel.findByText('Bad things')).toBeInTheDocument();
    expect(api.updateSavedView).toHaveBeenLastCalledWith('v1', {
      name: 'Bad things',
      version: 1,
    });

    await choose('Bad things', 'Share with everyone who has this page');
    await waitFor(() =>
      expect(api.updateSavedView).toHaveBeenLastCalledWith('v1', {
        shared: true,
        version: 2,
      }),
    );
    expect(
      await panel.findByText('"Bad things" is shared'),
    ).toBeInTheDocument();
  });

  it('are deleted when that is confirmed; what is refused says why', async () => {
    const { api, user, open, choose } = await openPage();
    const panel = await open();
    api.updateSavedView.mockImplementationOnce(async () => {
      throw await responseError(409, 'version: changed meanwhile');
    });
    await choose(SHARED.name, 'Take back to your own views');
    expect(await panel.findByRole('alert')).toHaveTextContent(
      `"${SHARED.name}" could not be changed: version: changed meanwhile`,
    );

    await choose(SHARED.name, 'Delete…');
    const dialog = within(
      await screen.findByRole('dialog', { name: `Delete ${SHARED.name}?` }),
    );
    expect(dialog.getByText(/^Everyone who has this page/)).toBeInTheDocument();
    await user.click(dialog.getByRole('button', { name: 'Delete' }));
    await waitFor(() =>
      expect(panel.queryByText(SHARED.name)).not.toBeInTheDocument(),
    );
    expect(api.deleteSavedView).toHaveBeenCalledWith('v2', 4);
  });

  it('that are shared are looked through, not changed, by others than Owners', async () => {
    const { user, open } = await openPage({ mayShare: false });
    const panel = await open();
    await user.click(
      panel.getByRole('button', { name: `More about ${SHARED.name}` }),
    );
    const items = await screen.findAllByRole('menuitem');
    expect(items.map(item => item.textContent)).toEqual(['Copy link']);
  });

  it('are gone through by the arrow keys, and have a link each', async () => {
    const { user, open, choose } = await openPage();
    const panel = await open();
    await user.keyboard('{ArrowDown}');
    expect(panel.getByText(OWN.name).closest('[data-view]')).toHaveFocus();
    await user.keyboard('{ArrowDown}');
    expect(panel.getByText(SHARED.name).closest('[data-view]')).toHaveFocus();
    await user.keyboard('{ArrowDown}{ArrowUp}{Enter}');
    await waitFor(() =>
      expect(address().search).toBe('?outcome=failed&range=all&order=asc'),
    );
    const copy = jest.spyOn(navigator.clipboard, 'writeText');
    await open(`View: ${SHARED.name}`);
    await choose(SHARED.name, 'Copy link');
    expect(
      await screen.findByText(`The link to "${SHARED.name}" is copied`),
    ).toBeInTheDocument();
    expect(copy.mock.calls).toEqual([
      [expect.stringMatching(/^http.*\?outcome=failed&range=all&order=asc$/)],
    ]);
  });

  it('that cannot be loaded can be asked for again', async () => {
    const { api, user, open } = await openPage();
    api.getSavedViews.mockImplementation(async () => {
      throw await responseError(503, 'The database is too busy');
    });
    const panel = await open();
    const alert = await panel.findByRole('alert');
    expect(alert).toHaveTextContent('The database is too busy');
    api.getSavedViews.mockImplementation(async () => ({
      items: [OWN],
      mayShare: false,
    }));
    await user.click(within(alert).getByRole('button', { name: 'Retry' }));
    expect(await panel.findByText(OWN.name)).toBeInTheDocument();
    await waitFor(() =>
      expect(panel.queryByRole('alert')).not.toBeInTheDocument(),
    );
  });

  it('become the filter of a destination', async () => {
    const { api, user, open, choose } = await openPage({
      access: forwardersAccess,
    });
    api.getDestinations.mockResolvedValue({ items: [destination(), siem] });
    api.updateDestination.mockImplementation(async (_id, changes) => ({
      ...siem,
      ...changes,
    }));
    await open();
    await choose(OWN.name, 'Send to a destination…');
    const dialog = within(
      await screen.findByRole('dialog', {
        name: `Send ${OWN.name} to a destination`,
      }),
    );
    expect(dialog.getByRole('button', { name: 'Continue' })).toBeDisabled();
    await user.click(await dialog.findByRole('radio', { name: /^SIEM/ }));
    await user.click(dialog.getByRole('button', { name: 'Continue' }));

    const editor = within(
      await screen.findByRole('dialog', { name: 'What goes to SIEM' }),
    );
    expect(
      editor.getByText(new RegExp(`^The filter of "${OWN.name}"`)),
    ).toBeInTheDocument();
    expect(
      editor.getByRole('checkbox', { name: /^Harmful activities/ }),
    ).toBeChecked();
    await user.click(editor.getByRole('button', { name: 'Save' }));
    expect(
      await screen.findByText(
        `SIEM gets what "${OWN.name}" filters for from now on`,
      ),
    ).toBeInTheDocument();
    expect(api.updateDestination).toHaveBeenCalledWith('siem', {
      filter: {
        harmful: true,
        not: { types: expect.arrayContaining(['audit-trail.viewed']) },
      },
    });
  });

  it('are sent by those alone who may see where the trail goes', async () => {
    const { open, user } = await openPage();
    await open();
    await user.click(
      await screen.findByRole('button', { name: `More about ${OWN.name}` }),
    );
    expect(
      await screen.findByRole('menuitem', { name: 'Copy link' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('menuitem', { name: /^Send/ })).toBeNull();
  });
});
