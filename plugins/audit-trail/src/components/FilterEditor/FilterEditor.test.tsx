import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { TRAIL_READ_TYPES } from 'backstage-plugin-audit-trail-common';
import {
  destination,
  fakeApi,
  forwardersAccess,
  responseError,
  savedView,
} from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';

const noViews = { types: [...TRAIL_READ_TYPES] };

async function openEditor(shown = destination()) {
  const api = {
    ...fakeApi({
      previewDestination: jest.fn(async () => ({
        totalItems: 36,
        totalItemsCapped: false,
      })),
      getSavedViews: jest.fn(async () => ({
        items: [savedView({ query: 'actor=tok1&not.source=segment&range=7d' })],
        mayShare: true,
      })),
    }),
    getAccess: jest.fn(async () => forwardersAccess),
    getDestinations: jest.fn(async () => ({ items: [shown] })),
    updateDestination: jest.fn(async () => shown),
  };
  renderPage(api, '/audit-trail/forwarding');
  const user = userEvent.setup();
  await user.click(
    await screen.findByRole('button', { name: `More about ${shown.title}` }),
  );
  await user.click(
    await screen.findByRole('menuitem', { name: 'Edit filter…' }),
  );
  const dialog = within(
    await screen.findByRole('dialog', { name: `What goes to ${shown.title}` }),
  );
  const save = dialog.getByRole('button', { name: 'Save' });
  return { api, user, dialog, save };
}

describe('the filter of a destination', () => {
  it('is chosen by the filters of the page, and counted', async () => {
    const { api, user, dialog, save } = await openEditor(
      destination({ filter: { not: noViews } }),
    );
    expect(save).toBeDisabled();
    expect(
      await dialog.findByText(
        'Of the last 7 days it would have sent 36 events.',
      ),
    ).toBeInTheDocument();
    expect(
      dialog.getByText('Not sent: views of the trail'),
    ).toBeInTheDocument();
    expect(
      dialog.queryByRole('button', { name: 'Last 90 days' }),
    ).not.toBeInTheDocument();

    await user.click(
      dialog.getByRole('checkbox', { name: 'Harmful activities only' }),
    );
    await user.click(dialog.getByRole('button', { name: 'Actors' }));
    await user.click(
      await screen.findByRole('menuitemcheckbox', { name: /deploy-bot/ }),
    );
    await user.keyboard('{Escape}');
    await user.click(
      await dialog.findByRole('button', { name: 'Remove harmful only' }),
    );
    // What is typed counts even if somebody saves at once.
    await user.type(
      dialog.getByLabelText('Search the Audit Trail'),
      'redshift',
    );
    await user.click(save);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.updateDestination).toHaveBeenCalledWith('slack-data', {
      filter: { actors: ['tok1'], text: 'redshift', not: noViews },
    });
    // Nothing of it stands in the URL of the page.
    expect(screen.getByTestId('address')).toHaveTextContent(
      /^\/audit-trail\/forwarding$/,
    );
  });

  it('is taken over from a saved view, without its time range', async () => {
    const { api, user, dialog, save } = await openEditor(
      destination({ filter: { not: noViews } }),
    );
    await user.click(
      await dialog.findByRole('button', { name: 'Use a saved view' }),
    );
    await user.click(
      await screen.findByRole('menuitem', { name: 'Harmful, this week' }),
    );
    expect(
      await dialog.findByText(/^The filter of "Harmful, this week", without/),
    ).toBeInTheDocument();
    const filter = {
      actors: ['tok1'],
      not: { sources: ['segment'], ...noViews },
    };
    await waitFor(() =>
      expect(api.previewDestination).toHaveBeenLastCalledWith('slack-data', {
        filter: expect.objectContaining(filter),
        since: expect.stringMatching(/^\d{4}-\d\d-\d\dT00:00:00.000Z$/),
      }),
    );
    // The counts of the choices are those of all events: one look.
    await user.click(dialog.getByRole('button', { name: 'Actors (1)' }));
    await screen.findByRole('menuitemcheckbox', { name: /deploy-bot/ });
    await user.keyboard('{Escape}');
    expect(api.getFacets.mock.calls).toEqual([
      [{ filter: { from: expect.any(String) }, entityRef: undefined }],
    ]);
    await user.click(save);
    await waitFor(() =>
      expect(api.updateDestination).toHaveBeenCalledWith('slack-data', {
        filter,
      }),
    );
  });

  it('can send views of the trail too, and drop the times of app-config', async () => {
    const { api, user, dialog, save } = await openEditor(
      destination({
        filter: { not: noViews, from: '2026-01-01T00:00:00.000Z' },
      }),
    );
    await user.click(
      dialog.getByRole('button', { name: 'Send views of the trail' }),
    );
    expect(dialog.getByText(/^Only events/)).toHaveTextContent('since');
    await user.click(dialog.getByRole('button', { name: 'At any time' }));
    await user.click(save);
    await waitFor(() => expect(api.updateDestination).toHaveBeenCalled());
    expect(api.updateDestination).toHaveBeenCalledWith('slack-data', {
      filter: {},
    });
  });

  it('keeps failed runs back for some minutes; the backend names what is wrong', async () => {
    const { api, user, dialog, save } = await openEditor();
    const hold = dialog.getByLabelText('Hold failed runs for, in minutes');
    await user.clear(hold);
    await user.type(hold, '1441');
    expect(
      dialog.getByText('Must be a whole number from 0 to 1,440'),
    ).toBeInTheDocument();
    expect(save).toBeDisabled();
    await user.clear(hold);
    await user.type(hold, '15');

    api.updateDestination.mockImplementationOnce(async () => {
      throw await responseError(400, 'holdFailuresMinutes: not so long');
    });
    await user.click(save);
    expect(await dialog.findByText('not so long')).toBeInTheDocument();
    expect(hold).toBeInvalid();

    api.updateDestination.mockImplementationOnce(async () => {
      throw await responseError(400, 'filter: actor: at most 200 values');
    });
    await user.click(save);
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'The filter could not be saved: actor: at most 200 values',
    );

    await user.click(save);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.updateDestination).toHaveBeenLastCalledWith('slack-data', {
      holdFailuresMinutes: 15,
    });
  });

  it('leaves everything as it is when cancelled', async () => {
    const { api, user, dialog } = await openEditor();
    await user.click(dialog.getByRole('button', { name: 'Clear filters' }));
    await user.click(dialog.getByRole('button', { name: 'Cancel' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.updateDestination).not.toHaveBeenCalled();
    expect(screen.getByText('harmful only')).toBeInTheDocument();
  });
});
