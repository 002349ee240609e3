import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  Delivery,
  QueryDeliveriesRequest,
} from 'backstage-plugin-audit-trail-common';
import {
  auditEvent,
  delivery,
  fakeApi,
  forwardersAccess,
  responseError,
  siem,
  sourceModified,
} from '../../__testUtils__/fixtures';
import { address, renderPage } from '../../__testUtils__/renderPage';

const older = auditEvent({
  id: '019a0000-0000-7000-8000-000000000000',
  label: 'Source Deleted',
  resource: { key: 'segment:source:old', type: 'source', id: 'old-shop' },
});

/** The API of a portal with dead letters, on pages of two. */
function deadLettersApi(letters: Delivery[]) {
  let known = letters;
  return {
    ...fakeApi(),
    getAccess: jest.fn(async () => forwardersAccess),
    getDestinations: jest.fn(async () => ({
      items: [{ ...siem, deadLetters: known.length }],
    })),
    queryDeliveries: jest.fn(async (request: QueryDeliveriesRequest) => {
      if (request.eventId) {
        return { items: [], pageInfo: {} };
      }
      const from = Number(request.cursor ?? 0);
      const next = from + 2;
      return {
        items: known.slice(from, next),
        pageInfo: {
          nextCursor: next < known.length ? String(next) : undefined,
        },
      };
    }),
    redriveDeliveries: jest.fn(async (request: { eventIds?: string[] }) => {
      const before = known.length;
      known = known.filter(
        ({ eventId }) =>
          request.eventIds !== undefined && !request.eventIds.includes(eventId),
      );
      return { redriven: before - known.length };
    }),
  };
}

const three = () => [
  delivery({ event: sourceModified, attempts: 4 }),
  delivery({ error: '400 <i>too large</i>' }),
  delivery({ event: older }),
];

async function openLetters() {
  const user = userEvent.setup();
  await user.click(
    await screen.findByRole('button', { name: 'Show dead letters: SIEM' }),
  );
  const region = within(
    await screen.findByRole('region', { name: 'Dead letters of SIEM' }),
  );
  return { user, region };
}

describe('dead letters', () => {
  it('shows event, reason and attempts, page by page, and leads to the event', async () => {
    const api = deadLettersApi(three());
    renderPage(api, '/audit-trail/forwarding');
    expect(
      await screen.findByText('1 destination: 1 working, 3 dead letters'),
    ).toBeInTheDocument();
    const { user, region } = await openLetters();
    expect(address().search).toBe('?dead-letters=siem');
    const rows = await region.findAllByRole('row');
    expect(rows).toHaveLength(3);
    expect(rows[1]).toHaveTextContent('Source Modified');
    expect(rows[1]).toHaveTextContent('tried 4 times');
    expect(rows[2]).toHaveTextContent('orders-redshift');
    expect(rows[2]).toHaveTextContent('400 <i>too large</i>');
    expect(rows[2]).toHaveTextContent('refused, so not tried again');

    await user.click(region.getByRole('button', { name: 'Show older ones' }));
    expect(await region.findByText('Source Deleted')).toBeInTheDocument();
    expect(region.getAllByRole('row')).toHaveLength(4);
    expect(
      region.queryByRole('button', { name: 'Show older ones' }),
    ).not.toBeInTheDocument();
    expect(api.queryDeliveries).toHaveBeenLastCalledWith({
      destination: 'siem',
      state: 'dead',
      limit: 50,
      cursor: '2',
    });

    const open = region.getByRole('button', { name: 'Source Modified' });
    await user.click(open);
    const drawer = await screen.findByRole('dialog', {
      name: 'Source Modified',
    });
    expect(address().searchParams.get('event')).toBe(sourceModified.id);
    await user.click(within(drawer).getByLabelText('Close'));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(address().search).toBe('?dead-letters=siem');
    expect(open).toHaveFocus();
  });

  it('sends those again that are selected, then all others', async () => {
    const api = deadLettersApi(three());
    renderPage(api, '/audit-trail/forwarding');
    const { user, region } = await openLetters();
    await user.click(
      await region.findByRole('checkbox', {
        name: 'Select Warehouses Disabled on orders-redshift',
      }),
    );
    expect(region.getByText('1 selected')).toBeInTheDocument();
    await user.click(region.getByRole('button', { name: 'Send 1 again' }));
    expect(
      await region.findByText('1 event on the way again'),
    ).toBeInTheDocument();
    expect(api.redriveDeliveries).toHaveBeenLastCalledWith({
      destination: 'siem',
      eventIds: [auditEvent().id],
    });
    expect(
      screen.getByRole('region', { name: 'Dead letters of SIEM' }),
    ).toHaveFocus();
    expect(await region.findByText('2 dead letters')).toBeInTheDocument();
    expect(await region.findByText('Source Deleted')).toBeInTheDocument();
    expect(region.queryByText('Warehouses Disabled')).not.toBeInTheDocument();

    await user.click(region.getByRole('button', { name: 'Send all again' }));
    expect(
      await region.findByText('2 events on the way again'),
    ).toBeInTheDocument();
    expect(api.redriveDeliveries).toHaveBeenLastCalledWith({
      destination: 'siem',
      eventIds: undefined,
    });
    expect(
      await region.findByText(/^Nothing was given up/),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('1 destination: 1 working'),
    ).toBeInTheDocument();
  });

  it('selects all that are shown, and keeps them when sending fails', async () => {
    const api = deadLettersApi(three());
    api.redriveDeliveries.mockImplementation(async () => {
      throw await responseError(503, 'The database is away');
    });
    renderPage(api, '/audit-trail/forwarding?dead-letters=siem');
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('checkbox', {
        name: 'Select all that are shown',
      }),
    );
    await user.click(screen.getByRole('button', { name: 'Send 2 again' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'They could not be sent again: The database is away',
    );
    expect(screen.getByText('2 selected')).toBeInTheDocument();
  });

  it('says so when they cannot be loaded, and loads them on demand', async () => {
    const api = deadLettersApi(three());
    api.queryDeliveries.mockImplementationOnce(async () => {
      throw await responseError(503, 'The database is away');
    });
    renderPage(api, '/audit-trail/forwarding?dead-letters=siem');
    const user = userEvent.setup();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      'The dead letters could not be loaded: The database is away',
    );
    await user.click(within(alert).getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('Source Modified')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('are not sent to what is switched off, which would not keep them', async () => {
    const api = deadLettersApi(three());
    api.getDestinations.mockResolvedValue({
      items: [{ ...siem, enabled: false, state: 'off', deadLetters: 3 }],
    });
    renderPage(api, '/audit-trail/forwarding?dead-letters=siem');
    expect(
      await screen.findByText(
        'SIEM is switched off. Switch it on to send them again.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Send all again' }),
    ).toBeDisabled();
  });

  it('says so when there are none', async () => {
    renderPage(deadLettersApi([]), '/audit-trail/forwarding?dead-letters=siem');
    expect(await screen.findByText('No dead letters')).toBeInTheDocument();
    expect(
      await screen.findByText(/^Nothing was given up/),
    ).toBeInTheDocument();
  });
});
