import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  accessOf,
  destination,
  engineersAccess,
  fakeApi,
  responseError,
  siem,
} from '../../__testUtils__/fixtures';
import {
  FORWARDING_PATH,
  forwardingApi,
  rowOf,
} from '../../__testUtils__/forwarding';
import { renderPage } from '../../__testUtils__/renderPage';

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
      FORWARDING_PATH,
    );
    const slack = await rowOf('Slack of the data team');
    expect(slack.getByText('Working')).toBeInTheDocument();
    expect(slack.getByText('Slack')).toBeInTheDocument();
    expect(slack.getByText('harmful only')).toBeInTheDocument();
    expect(
      slack.getByText('failed runs held for 15 minutes'),
    ).toBeInTheDocument();
    expect(slack.getByText('1,200')).toBeInTheDocument();
    const lastSuccess = slack.getByText('12 min ago');
    await userEvent.hover(lastSuccess);
    expect(lastSuccess).toHaveAttribute(
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
    expect(webhook.getAllByTestId('marked-bar')).toHaveLength(1);
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
      FORWARDING_PATH,
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
    renderPage(api, FORWARDING_PATH);
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
    renderPage(forwardingApi([]), FORWARDING_PATH);
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
    const { unmount } = renderPage(api, FORWARDING_PATH);
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
      FORWARDING_PATH,
    );
    expect(
      await screen.findByText('You have no access to the Audit Trail'),
    ).toBeInTheDocument();
  });
});
