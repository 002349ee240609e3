import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  Destination,
  DestinationTestResult,
  UpdateDestinationRequest,
} from 'backstage-plugin-audit-trail-common';
import {
  accessOf,
  destination,
  engineersAccess,
  fakeApi,
  forwardersAccess,
  responseError,
  siem,
} from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';

const PATH = '/audit-trail/forwarding';

/** The API of a portal with some destinations, which remembers changes. */
function forwardingApi(items: Destination[]) {
  let known = items;
  return {
    ...fakeApi(),
    getAccess: jest.fn(async () => forwardersAccess),
    getDestinations: jest.fn(async () => ({ items: known })),
    testDestination: jest.fn<Promise<DestinationTestResult>, [string]>(),
    updateDestination: jest.fn(
      async (id: string, changes: UpdateDestinationRequest) => {
        const before = known.find(one => one.id === id)!;
        const after: Destination = { ...before, ...changes };
        if (changes.enabled === false) {
          Object.assign(after, { state: 'off', pending: 0 });
        } else if (changes.enabled) {
          after.state = 'working';
        } else if (changes.paused !== undefined) {
          after.state = changes.paused ? 'paused' : 'working';
        }
        known = known.map(one => (one.id === id ? after : one));
        return after;
      },
    ),
  };
}

const rowOf = async (title: string) =>
  within(await screen.findByRole('listitem', { name: title }));
const dialogGone = () =>
  waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());

describe('the list of destinations', () => {
  it('shows each with its state, filter, numbers and what waits', async () => {
    const hours = destination().hours.map((hour, index) =>
      index === 3 ? { ...hour, delivered: 4, failed: 2 } : hour,
    );
    renderPage(
      forwardingApi([
        destination({ holdFailuresMinutes: 15 }),
        { ...siem, hours, pending: 12, lagSeconds: 30 },
      ]),
      PATH,
    );
    const slack = await rowOf('Slack of the data team');
    expect(slack.getByText('Working')).toBeInTheDocument();
    expect(slack.getByText('Slack')).toBeInTheDocument();
    expect(slack.getByText('harmful only')).toBeInTheDocument();
    expect(
      slack.getByText('failed runs held for 15 minutes'),
    ).toBeInTheDocument();
    expect(slack.getByText('1,200')).toBeInTheDocument();
    expect(slack.getByText('12 min ago')).toHaveAttribute(
      'title',
      expect.stringContaining('UTC'),
    );
    expect(slack.queryByRole('note')).not.toBeInTheDocument();
    expect(slack.getByRole('switch')).toBeChecked();

    const webhook = await rowOf('SIEM');
    expect(
      webhook.getByText('everything but views of the trail'),
    ).toBeInTheDocument();
    expect(
      webhook.getByRole('img', {
        name: 'In 24 hours 1,154 delivered; at most 50 in an hour; 2 calls failed, in 1 of the 24 hours',
      }),
    ).toBeInTheDocument();
    expect(webhook.getAllByTestId('failed-hour')).toHaveLength(1);
    expect(webhook.getByText('12')).toBeInTheDocument();
    expect(webhook.getByText('for 30 seconds')).toBeInTheDocument();
    expect(screen.getByText('2 destinations: 2 working')).toBeInTheDocument();
  });

  it('shows reasons without a click, as text and nothing else', async () => {
    const reason = '503 <img src=x onerror=alert(1)>';
    renderPage(
      forwardingApi([
        destination({
          title: '<b>Data</b>',
          state: 'failing',
          lastError: reason,
          retryAt: new Date(Date.now() + 60 * 60_000).toISOString(),
          pending: 7,
          lagSeconds: 61,
        }),
        destination({
          id: 'b',
          title: 'Behind',
          state: 'falling-behind',
          pending: 3_400,
          lagSeconds: 720,
        }),
        destination({ id: 'q', title: 'Quiet', state: 'quiet' }),
        destination({
          id: 'o',
          title: 'Unused',
          state: 'off',
          enabled: false,
          lastSuccessAt: undefined,
        }),
      ]),
      PATH,
    );
    const failing = await rowOf('<b>Data</b>');
    expect(failing.getByText('Failing')).toBeInTheDocument();
    expect(failing.getByRole('note')).toHaveTextContent(reason);
    expect(failing.getByRole('note')).toHaveTextContent(
      /It is tried again at .* in (1 hour|59 minutes|60 minutes)/,
    );
    expect(document.querySelector('img[src="x"]')).toBeNull();
    expect(document.querySelector('h2 b')).toBeNull();

    expect((await rowOf('Behind')).getByRole('note')).toHaveTextContent(
      '3,400 events wait, the longest for 12 minutes.',
    );
    expect((await rowOf('Quiet')).getByRole('note')).toHaveTextContent(
      'Nothing was to be sent for a day, unlike in the week before.',
    );
    const unused = await rowOf('Unused');
    expect(unused.getByText('none yet')).toBeInTheDocument();
    expect(unused.getByRole('switch')).not.toBeChecked();
    expect(unused.getByText(/nothing is kept for it/)).toBeInTheDocument();
  });

  it('keeps what it shows when it cannot be asked anew, and asks on demand', async () => {
    const user = userEvent.setup();
    const api = forwardingApi([siem]);
    renderPage(api, PATH);
    await rowOf('SIEM');

    api.getDestinations.mockImplementation(async () => {
      throw await responseError(502, 'The database is away');
    });
    await user.click(screen.getByRole('button', { name: 'Refresh' }));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(/as they were at .*The database is away/);
    await rowOf('SIEM');

    api.getDestinations.mockImplementation(async () => ({
      items: [{ ...siem, state: 'paused' }],
    }));
    await user.click(within(alert).getByRole('button', { name: 'Retry' }));
    expect(
      await (await rowOf('SIEM')).findByText('Paused'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says how to configure the first one', async () => {
    renderPage(forwardingApi([]), PATH);
    expect(await screen.findByText('No destinations yet')).toBeInTheDocument();
    await waitFor(() =>
      expect(document.body).toHaveTextContent(
        'webhookUrl: ${SLACK_WEBHOOK_URL}',
      ),
    );
  });

  it('tells whom to ask who may not see it', async () => {
    const api = fakeApi({
      getAccess: jest.fn(async () =>
        accessOf({ owners: ['group:default/platform'] }),
      ),
    });
    const { unmount } = renderPage(api, PATH);
    expect(
      await screen.findByText('You have no access to Forwarding'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('audit-trail.destination.read'),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'platform' })).toBeInTheDocument();
    expect(api.getDestinations).not.toHaveBeenCalled();
    unmount();

    renderPage(
      fakeApi({ getAccess: jest.fn(async () => engineersAccess) }),
      PATH,
    );
    expect(
      await screen.findByText('You have no access to the Audit Trail'),
    ).toBeInTheDocument();
  });
});

describe('what an Owner may do with a destination', () => {
  it('switches it off only after asking, and on at once', async () => {
    const user = userEvent.setup();
    const api = forwardingApi([{ ...siem, pending: 12, lagSeconds: 3 }]);
    renderPage(api, PATH);
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
    expect(row.getByRole('switch')).not.toBeChecked();
    expect(screen.getByText('1 destination: 1 off')).toBeInTheDocument();

    await user.click(row.getByRole('switch'));
    await waitFor(() => expect(row.getByRole('switch')).toBeChecked());
    expect(api.updateDestination).toHaveBeenLastCalledWith('siem', {
      enabled: true,
    });
  });

  it('pauses it instead, and resumes it where it says so', async () => {
    const user = userEvent.setup();
    const api = forwardingApi([siem]);
    renderPage(api, PATH);
    const row = await rowOf('SIEM');
    await user.click(row.getByRole('switch'));
    await user.click(screen.getByRole('button', { name: 'Pause instead' }));
    await dialogGone();
    expect(row.getByText('Paused')).toBeInTheDocument();

    await user.click(row.getByRole('button', { name: 'Resume: SIEM' }));
    expect(await row.findByText('Working')).toBeInTheDocument();
    expect(api.updateDestination.mock.calls).toEqual([
      ['siem', { paused: true }],
      ['siem', { paused: false }],
    ]);
  });

  it('switches one that is gone on again', async () => {
    const user = userEvent.setup();
    const api = forwardingApi([{ ...siem, state: 'gone', lastError: '410' }]);
    renderPage(api, PATH);
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
    renderPage(api, PATH);
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
    renderPage(api, PATH);
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
    renderPage(api, PATH);
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
    expect(api.queryEvents).toHaveBeenLastCalledWith({
      filter: { harmful: true, from: '2026-01-02T03:04:00.000Z' },
      limit: 1,
    });
    await user.click(dialog.getByRole('button', { name: 'Send' }));
    await dialogGone();
    expect(api.updateDestination).toHaveBeenCalledWith('slack-data', {
      backfillFrom: '2026-01-02T03:04:00.000Z',
    });
  });
});
