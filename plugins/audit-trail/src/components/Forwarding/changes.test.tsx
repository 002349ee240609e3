import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  destination,
  forwardersAccess,
  responseError,
  siem,
} from '../../__testUtils__/fixtures';
import {
  dialogGone,
  FORWARDING_PATH,
  forwardingApi,
  rowOf,
} from '../../__testUtils__/forwarding';
import { renderPage } from '../../__testUtils__/renderPage';

describe('what an Owner may do with a destination', () => {
  it('is nothing but to look for whom the policy allows no more', async () => {
    const user = userEvent.setup();
    const api = forwardingApi([{ ...siem, state: 'paused', paused: true }]);
    api.getAccess.mockResolvedValue({
      ...forwardersAccess,
      destinationUpdate: false,
      deliveryRedrive: false,
    });
    renderPage(api, FORWARDING_PATH);
    const row = await rowOf('SIEM');
    expect(row.getByRole('switch')).toBeDisabled();
    expect(row.queryByRole('button', { name: /^Test/ })).toBeNull();
    expect(row.queryByRole('button', { name: /^Resume/ })).toBeNull();
    await user.click(row.getByRole('button', { name: /^More/ }));
    expect(
      screen.getAllByRole('menuitem').map(item => item.textContent),
    ).toEqual(['Dead letters']);
  });

  it('switches it off only after asking, and on at once', async () => {
    const user = userEvent.setup();
    const api = forwardingApi([{ ...siem, pending: 12, lagSeconds: 3 }]);
    renderPage(api, FORWARDING_PATH);
    const row = await rowOf('SIEM');
    await user.click(row.getByRole('switch', { name: 'Send events to SIEM' }));
    const dialog = await screen.findByRole('dialog', {
      name: 'Switch SIEM off?',
    });
    expect(dialog).toHaveTextContent('The 12 events that wait are dropped');
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    await dialogGone();
    expect(api.updateDestination).not.toHaveBeenCalled();
    expect(row.getByRole('switch')).toBeChecked();

    await user.click(row.getByRole('switch'));
    await user.click(screen.getByRole('button', { name: 'Switch off' }));
    await dialogGone();
    expect(api.updateDestination).toHaveBeenLastCalledWith('siem', {
      enabled: false,
    });
    await waitFor(() => expect(row.getByRole('switch')).not.toBeChecked());
    expect(await screen.findByText('1 destination: 1 off')).toBeInTheDocument();

    await user.click(row.getByRole('switch'));
    await waitFor(() => expect(row.getByRole('switch')).toBeChecked());
    expect(api.updateDestination).toHaveBeenLastCalledWith('siem', {
      enabled: true,
    });
  });

  it('pauses it instead, and resumes it where it says so', async () => {
    const user = userEvent.setup();
    const api = forwardingApi([siem]);
    renderPage(api, FORWARDING_PATH);
    const row = await rowOf('SIEM');
    await user.click(row.getByRole('switch'));
    await user.click(screen.getByRole('button', { name: 'Pause instead' }));
    await dialogGone();
    expect(await row.findByText('Paused')).toBeInTheDocument();

    await user.click(row.getByRole('button', { name: 'Resume: SIEM' }));
    expect(await row.findByText('Working')).toBeInTheDocument();
    expect(screen.getByRole('listitem', { name: 'SIEM' })).toHaveFocus();
    expect(api.updateDestination.mock.calls).toEqual([
      ['siem', { paused: true }],
      ['siem', { paused: false }],
    ]);
  });

  it('switches one that is gone on again', async () => {
    const user = userEvent.setup();
    const api = forwardingApi([{ ...siem, state: 'gone', lastError: '410' }]);
    renderPage(api, FORWARDING_PATH);
    const row = await rowOf('SIEM');
    expect(row.getByRole('switch')).not.toBeChecked();
    await user.click(
      row.getByRole('button', { name: 'Switch on again: SIEM' }),
    );
    await waitFor(() => expect(row.getByRole('switch')).toBeChecked());
    expect(api.updateDestination).toHaveBeenCalledWith('siem', {
      enabled: true,
    });
  });

  it('says so when a change fails, and changes nothing', async () => {
    const user = userEvent.setup();
    const api = forwardingApi([siem]);
    api.updateDestination.mockImplementation(async () => {
      throw await responseError(403, 'This is for Owners');
    });
    renderPage(api, FORWARDING_PATH);
    const row = await rowOf('SIEM');
    await user.click(row.getByRole('button', { name: 'More about SIEM' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Pause' }));
    expect(await row.findByRole('alert')).toHaveTextContent(
      'SIEM could not be changed: This is for Owners',
    );
    expect(row.getByText('Working')).toBeInTheDocument();
  });

  it('tests it, and tells what that proves and what not', async () => {
    const user = userEvent.setup();
    const api = forwardingApi([siem]);
    api.testDestination
      .mockResolvedValueOnce({
        delivered: false,
        error: '401 <b>bad</b>',
        proves: [],
        doesNotProve: [],
      })
      .mockResolvedValueOnce({
        delivered: true,
        proves: ['It was reached.'],
        doesNotProve: ['Whether somebody reads it.'],
      });
    renderPage(api, FORWARDING_PATH);
    await user.click(
      (await rowOf('SIEM')).getByRole('button', { name: 'Test SIEM' }),
    );
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Test SIEM' }),
    );
    expect(
      await dialog.findByText(
        'The test event was not delivered: 401 <b>bad</b>',
      ),
    ).toBeInTheDocument();
    expect(dialog.queryByText('What this proves')).not.toBeInTheDocument();

    await user.click(dialog.getByRole('button', { name: 'Test again' }));
    const proves = await dialog.findByRole('region', {
      name: 'What this proves',
    });
    expect(proves).toHaveTextContent('It was reached.');
    expect(
      dialog.getByRole('region', { name: 'What it does not prove' }),
    ).toHaveTextContent('Whether somebody reads it.');
    expect(api.testDestination.mock.calls).toEqual([['siem'], ['siem']]);

    await user.click(dialog.getByRole('button', { name: 'Close' }));
    await dialogGone();
  });

  it('sends earlier events from a moment on, in the zone of the page', async () => {
    const user = userEvent.setup();
    const api = forwardingApi([destination()]);
    renderPage(api, FORWARDING_PATH);
    const row = await rowOf('Slack of the data team');
    await user.click(row.getByRole('button', { name: /^More about/ }));
    await user.click(
      await screen.findByRole('menuitem', { name: 'Send earlier events…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'UTC' }));
    const field = dialog.getByLabelText('From, in UTC');
    await user.clear(field);
    expect(dialog.getByRole('button', { name: 'Send' })).toBeDisabled();
    await user.type(field, '2026-01-02T03:04');
    expect(
      await dialog.findByText(
        'The filter chooses 2 events from then until now.',
      ),
    ).toBeInTheDocument();
    expect(api.previewDestination).toHaveBeenLastCalledWith('slack-data', {
      filter: { harmful: true },
      since: '2026-01-02T03:04:00.000Z',
    });
    await user.click(dialog.getByRole('button', { name: 'Send' }));
    await dialogGone();
    expect(api.updateDestination).toHaveBeenCalledWith('slack-data', {
      backfillFrom: '2026-01-02T03:04:00.000Z',
    });
  });
});
