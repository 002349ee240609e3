import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { TRAIL_READ_TYPES } from 'backstage-plugin-audit-trail-common';
import { eventPage, fakeApi } from '../../__testUtils__/fixtures';
import {
  address,
  eventButton,
  renderPage,
} from '../../__testUtils__/renderPage';

const CHIP = 'Not shown: views of the trail';
const LEFT_OUT = { not: { types: [...TRAIL_READ_TYPES] } };

describe('views of the trail on the page', () => {
  it('are not shown, which is said, until the reader wants them', async () => {
    const api = fakeApi();
    const user = userEvent.setup();
    renderPage(api, '/audit-trail?range=all');
    await eventButton('Warehouses Disabled');
    expect(screen.getByText(CHIP)).toBeInTheDocument();
    expect(api.queryEvents).toHaveBeenLastCalledWith(
      expect.objectContaining({ filter: LEFT_OUT }),
    );

    await user.click(
      screen.getByRole('button', { name: 'Show views of the trail' }),
    );
    expect(address().search).toBe('?range=all&views=shown');
    expect(screen.queryByText(CHIP)).not.toBeInTheDocument();
    expect(api.queryEvents).toHaveBeenLastCalledWith(
      expect.objectContaining({ filter: {} }),
    );

    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(address().search).toBe('');
    expect(screen.getByText(CHIP)).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Clear filters' }),
    ).not.toBeInTheDocument();
  });

  it('are shown to whom asks for them', async () => {
    const api = fakeApi();
    renderPage(api, '/audit-trail?range=all&category=audit-trail');
    await eventButton('Warehouses Disabled');
    expect(screen.queryByText(CHIP)).not.toBeInTheDocument();
    expect(api.queryEvents).toHaveBeenLastCalledWith(
      expect.objectContaining({ filter: { categories: ['audit-trail'] } }),
    );
  });

  it('are offered where there is nothing else to see', async () => {
    const api = fakeApi({
      queryEvents: jest.fn(async request =>
        request?.filter?.not?.types && request.filter.actors
          ? eventPage([])
          : eventPage([], { totalItems: 7 }),
      ),
      getWaysOut: jest.fn(async () => ({
        anything: true,
        items: [
          {
            drop: { kind: 'views' as const },
            totalItems: 7,
            totalItemsCapped: false,
          },
        ],
      })),
    });
    renderPage(api, '/audit-trail?range=all&actor=olivia');
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'With views of the trail: 7 events',
      }),
    );
    expect(address().search).toBe('?actor=olivia&range=all&views=shown');
  });

  it('do not keep a new portal from saying that there are no events', async () => {
    const api = fakeApi({ queryEvents: jest.fn(async () => eventPage([])) });
    renderPage(api);
    expect(await screen.findByText('No events yet')).toBeInTheDocument();
    expect(api.getWaysOut).toHaveBeenCalledWith({
      filter: { ...LEFT_OUT, from: expect.any(String) },
      entityRef: undefined,
    });
    expect(api.queryEvents).toHaveBeenCalledTimes(1);
  });
});

describe('a trail without events', () => {
  it('stays as it is while it is looked whether there are some now', async () => {
    let answer = (_: ReturnType<typeof eventPage>) => {};
    const queryEvents = jest.fn(async () => eventPage([]));
    const user = userEvent.setup();
    renderPage(fakeApi({ queryEvents }));
    const title = await screen.findByText('No events yet');

    queryEvents.mockImplementationOnce(
      () => new Promise(resolve => (answer = resolve)),
    );
    await user.click(screen.getByRole('button', { name: 'Refresh' }));
    expect(await screen.findByLabelText('Loading events')).toBeInTheDocument();
    expect(title).toBeInTheDocument();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();

    answer(eventPage([]));
    await screen.findByText('No events yet');
    expect(title).toBeInTheDocument();
  });
});
