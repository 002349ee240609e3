import { screen, within } from '@testing-library/react';
import type { AuditTrailApi } from '../../api';
import {
  auditEvent,
  delivery,
  destination,
  fakeApi,
  forwardersAccess,
  responseError,
  siem,
} from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';

const path = `/audit-trail?event=${auditEvent().id}`;

function deliveriesApi() {
  return {
    ...fakeApi(),
    getAccess: jest.fn(async () => forwardersAccess),
    getDestinations: jest.fn(async () => ({
      items: [
        destination({ state: 'paused' }),
        siem,
        destination({ id: 'lake', title: 'Lake' }),
        destination({ id: 'pager', title: 'Pager' }),
      ],
    })),
    queryDeliveries: jest.fn<
      ReturnType<AuditTrailApi['queryDeliveries']>,
      Parameters<AuditTrailApi['queryDeliveries']>
    >(async () => ({ items: [], pageInfo: {} })),
  };
}

describe('where an event was sent', () => {
  it('shows each destination with state, time, attempts and reason', async () => {
    const api = deliveriesApi();
    api.queryDeliveries.mockImplementation(async () => ({
      items: [
        delivery({ destinationId: 'lake', state: 'delivered', attempts: 2 }),
        delivery({
          destinationId: 'pager',
          state: 'skipped',
          error: 'A run succeeded',
        }),
        delivery({
          destinationId: 'slack-data',
          state: 'pending',
          error: undefined,
        }),
        delivery({ attempts: 3, error: '400 <i>too large</i>' }),
      ],
      pageInfo: {},
    }));
    renderPage(api, path);
    const items = await screen.findAllByRole('listitem');
    expect(items.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(
        /^Lakedelivered \d\d:\d\d:\d\d, after 2 calls failed$/,
      ),
      expect.stringMatching(/^Pagernot sent \d\d:\d\d:\d\dA run succeeded$/),
      'Slack of the data teamwaits, as the destination is paused',
      expect.stringMatching(
        /^SIEMgiven up \d\d:\d\d:\d\d, tried 3 times400 <i>too large<\/i>$/,
      ),
    ]);
    expect(api.queryDeliveries).toHaveBeenCalledWith({
      eventId: auditEvent().id,
      limit: 500,
    });
  });

  it('says so when it was sent nowhere', async () => {
    renderPage(deliveriesApi(), path);
    expect(await screen.findByText(/^to no destination/)).toBeInTheDocument();
  });

  it('says so when that cannot be found out', async () => {
    const api = deliveriesApi();
    api.queryDeliveries.mockImplementation(async () => {
      throw await responseError(503, 'The database is away');
    });
    renderPage(api, path);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Where it was sent could not be loaded: The database is away',
    );
  });

  it('is not shown where there are no destinations, and not asked for others', async () => {
    const api = deliveriesApi();
    api.getDestinations.mockImplementation(async () => ({ items: [] }));
    const { unmount } = renderPage(api, path);
    const drawer = await screen.findByRole('dialog');
    await within(drawer).findByText('Event id');
    expect(await api.getDestinations.mock.results[0].value).toEqual({
      items: [],
    });
    expect(within(drawer).queryByText('Delivered')).not.toBeInTheDocument();
    unmount();

    const others = fakeApi();
    renderPage(others, path);
    await within(await screen.findByRole('dialog')).findByText('Event id');
    expect(others.getDestinations).not.toHaveBeenCalled();
    expect(others.queryDeliveries).not.toHaveBeenCalled();
  });
});
