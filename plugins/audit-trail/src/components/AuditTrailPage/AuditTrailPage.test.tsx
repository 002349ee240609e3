import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { TRAIL_READ_TYPES } from 'backstage-plugin-audit-trail-common';
import {
  accessOf,
  auditEvent,
  engineersAccess,
  eventPage,
  fakeApi,
  responseError,
  sourceModified,
} from '../../__testUtils__/fixtures';
import {
  address,
  eventButton,
  renderPage,
} from '../../__testUtils__/renderPage';

describe('AuditTrailPage', () => {
  it('lists events with names, marks harmful ones and links to the catalog', async () => {
    const api = fakeApi();
    renderPage(api);

    const button = await eventButton('Warehouses Disabled');
    const harmful = within(button.closest('tr')!);
    expect(harmful.getByTitle('Harmful')).toBeInTheDocument();
    expect(harmful.getByText('jm@example.com')).toBeInTheDocument();
    expect(harmful.getByText('Segment · webhook')).toBeInTheDocument();
    expect(harmful.getByText('12 min ago')).toBeInTheDocument();
    expect(
      harmful.getByRole('link', { name: 'orders-redshift' }),
    ).toHaveAttribute('href', '/catalog/default/resource/orders-redshift');

    const harmless = within(
      (await eventButton('Source Modified')).closest('tr')!,
    );
    expect(harmless.queryByTitle('Harmful')).not.toBeInTheDocument();
    expect(harmless.getByText('deploy-bot')).toBeInTheDocument();
    expect(harmless.getByText('web-shop')).toBeInTheDocument();
    expect(screen.getByText('2 events')).toBeInTheDocument();

    expect(api.queryEvents).toHaveBeenCalledTimes(1);
    expect(api.queryEvents).toHaveBeenCalledWith(
      expect.objectContaining({
        limit: 50,
        order: 'desc',
        filter: {
          from: expect.stringMatching(/T00:00:00\.000Z$/),
          not: { types: [...TRAIL_READ_TYPES] },
        },
      }),
    );
    expect(api.getFacets).not.toHaveBeenCalled();
  });

  it('says under the count since when it is complete, and asks again with the events', async () => {
    const coverage = {
      from: '2026-08-24T12:00:00.000Z',
      to: new Date().toISOString(),
      completeSince: '2026-09-04T00:00:00.000Z',
      gaps: [
        {
          from: '2026-09-03T00:00:00.000Z',
          to: '2026-09-04T00:00:00.000Z',
          filling: true,
        },
      ],
    };
    const api = fakeApi({ getCoverage: async () => ({ items: [coverage] }) });
    const user = userEvent.setup();
    renderPage(api);
    await screen.findByText(
      /^Complete since .*; gap .* to .* is being filled$/,
    );
    coverage.gaps = [];
    await user.click(screen.getByRole('button', { name: 'Refresh' }));
    await screen.findByText(/^Complete since .*, no gaps$/);
    expect(screen.getByText('2 events')).toBeInTheDocument();
  });

  it('asks for what the URL says and shows it as chips that can be removed', async () => {
    const api = fakeApi();
    const user = userEvent.setup();
    renderPage(
      api,
      '/audit-trail?actor=MNxx&not.source=backstage&harmful=true&range=all&limit=25&order=asc&cursor=c1',
    );
    await eventButton('Warehouses Disabled');
    expect(api.queryEvents).toHaveBeenCalledWith({
      filter: {
        actors: ['MNxx'],
        harmful: true,
        not: { sources: ['backstage'], types: [...TRAIL_READ_TYPES] },
      },
      entityRef: undefined,
      limit: 25,
      cursor: 'c1',
      order: 'asc',
    });

    await user.click(
      screen.getByRole('button', { name: 'Remove jm@example.com' }),
    );
    expect(address().searchParams.has('actor')).toBe(false);
    expect(address().searchParams.has('cursor')).toBe(false);
    expect(address().searchParams.get('limit')).toBe('25');
    expect(
      screen.getByRole('button', { name: 'Remove not: Backstage' }),
    ).toBeInTheDocument();

    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(address().search).toBe('?order=asc&limit=25');
  });

  it('puts filters into the URL: search, range, a category, an actor', async () => {
    const api = fakeApi();
    const user = userEvent.setup();
    renderPage(api);
    await eventButton('Warehouses Disabled');

    await user.keyboard('/');
    const search = screen.getByLabelText('Search the Audit Trail');
    expect(search).toHaveFocus();
    await user.type(search, 'redshift{Enter}');
    expect(address().searchParams.get('q')).toBe('redshift');

    await user.click(screen.getByRole('button', { name: 'Last 90 days' }));
    await user.click(
      screen.getByRole('menuitemradio', { name: 'Last 7 days' }),
    );
    expect(address().searchParams.get('range')).toBe('7d');

    await user.click(screen.getByRole('button', { name: 'Events' }));
    const events = await screen.findByRole('dialog', { name: 'Events' });
    await user.type(within(events).getByLabelText('Find events'), 'warehouses');
    await user.click(
      await within(events).findByRole('menuitemcheckbox', {
        name: 'Warehouses, 7 events',
      }),
    );
    expect(address().searchParams.getAll('category')).toEqual(['warehouses']);
    await user.keyboard('{Escape}');

    await user.click(screen.getByText('Actors'));
    await user.click(
      await screen.findByRole('menuitemcheckbox', { name: /deploy-bot/ }),
    );
    expect(address().searchParams.getAll('actor')).toEqual(['tok1']);
    await waitFor(() =>
      expect(api.queryEvents).toHaveBeenLastCalledWith(
        expect.objectContaining({
          filter: expect.objectContaining({
            text: 'redshift',
            categories: ['warehouses'],
            actors: ['tok1'],
          }),
        }),
      ),
    );
  });

  it('opens a row with Enter, moves with arrows, closes with Escape', async () => {
    const user = userEvent.setup();
    renderPage(fakeApi());
    const first = await eventButton('Warehouses Disabled');
    const second = await eventButton('Source Modified');
    first.focus();
    await user.keyboard('{ArrowDown}');
    expect(second).toHaveFocus();
    await user.keyboard('{Enter}');

    const drawer = await screen.findByRole('dialog', {
      name: 'Source Modified',
    });
    expect(address().searchParams.get('event')).toBe(sourceModified.id);
    expect(drawer).toHaveTextContent(
      'source web-shop was modified by deploy-bot',
    );
    expect(drawer).toHaveTextContent('settings.enabled');
    expect(drawer).toContainElement(document.activeElement as HTMLElement);

    await user.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(address().searchParams.has('event')).toBe(false);
    expect(second).toHaveFocus();
  });

  it('offers "only this" and "not this" in the drawer', async () => {
    const user = userEvent.setup();
    renderPage(fakeApi(), `/audit-trail?event=${auditEvent().id}`);
    const drawer = await screen.findByRole('dialog', {
      name: 'Warehouses Disabled',
    });
    expect(
      within(drawer).getByRole('link', {
        name: 'Open in the catalog',
      }),
    ).toHaveAttribute('href', '/catalog/default/resource/orders-redshift');
    await user.click(
      within(drawer).getByRole('button', { name: 'Not jm@example.com' }),
    );
    expect(address().search).toBe('?not.actor=MNxx');
  });

  it('opens the event of the path, and says when there is none', async () => {
    const api = fakeApi({
      getEvent: jest.fn(async () => {
        throw await responseError(404, 'Not Found');
      }),
    });
    renderPage(api, '/audit-trail/events/e1?range=7d');
    expect(
      await screen.findByText(/does not exist, or you may not see it/),
    ).toBeInTheDocument();
    expect(address().pathname).toBe('/audit-trail');
    expect(address().search).toBe('?range=7d&event=e1');
    expect(api.getEvent).toHaveBeenCalledWith('e1');
  });

  it('leads to older and newer events', async () => {
    const api = fakeApi({
      queryEvents: jest.fn(async request =>
        request?.cursor
          ? eventPage([sourceModified], {
              pageInfo: { prevCursor: 'p1' },
              totalItems: 10_000,
              totalItemsCapped: true,
            })
          : eventPage([auditEvent()], { pageInfo: { nextCursor: 'n1' } }),
      ),
    });
    const user = userEvent.setup();
    renderPage(api);
    await eventButton('Warehouses Disabled');
    const older = screen.getByRole('button', { name: 'Older' });
    expect(screen.getByRole('button', { name: 'Newer' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await user.click(older);
    await eventButton('Source Modified');
    expect(address().search).toBe('?cursor=n1');
    expect(screen.getByText('more than 10,000 events')).toBeInTheDocument();
    // It keeps the focus where there are none.
    expect(older).toHaveAttribute('aria-disabled', 'true');
    expect(older).toHaveFocus();
    await user.click(older);
    expect(address().search).toBe('?cursor=n1');

    await user.click(screen.getByRole('button', { name: 'When' }));
    expect(address().search).toBe('?order=asc');
  });

  it('falls back to the first page when the cursor is no longer taken', async () => {
    const api = fakeApi({
      queryEvents: jest.fn(async request => {
        if (request?.cursor) {
          throw await responseError(400, 'cursor: is of another filter');
        }
        return eventPage([auditEvent()]);
      }),
    });
    renderPage(api, '/audit-trail?cursor=old&type=warehouse.disabled');
    await eventButton('Warehouses Disabled');
    expect(address().search).toBe('?type=warehouse.disabled');
    expect(screen.queryByText(/could not be loaded/)).not.toBeInTheDocument();
  });

  it('keeps what it shows when a request fails, and tries again', async () => {
    const queryEvents = jest.fn(async () => eventPage([auditEvent()]));
    const user = userEvent.setup();
    renderPage(fakeApi({ queryEvents }));
    await eventButton('Warehouses Disabled');
    queryEvents.mockRejectedValueOnce(new Error('connection lost'));
    await user.click(screen.getByRole('button', { name: 'Refresh' }));

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      'The events could not be loaded: connection lost',
    );
    expect(
      screen.getByRole('button', { name: 'Warehouses Disabled' }),
    ).toBeInTheDocument();
    await user.click(within(alert).getByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(alert).not.toBeInTheDocument());
  });

  it('exports exactly the filter in the format that is chosen, and says so when the file broke off', async () => {
    const exportEvents = jest.fn(async () => {
      throw new Error('network error');
    });
    const user = userEvent.setup();
    renderPage(
      fakeApi({ exportEvents }),
      '/audit-trail?range=all&not.actor=tok1&order=asc&cursor=c',
    );
    await eventButton('Warehouses Disabled');
    // By the keyboard alone.
    screen.getByRole('button', { name: 'Export' }).focus();
    await user.keyboard('{Enter}');
    const menu = await screen.findByRole('menu', { name: 'Export' });
    const compressed = within(menu).getByRole('menuitemcheckbox', {
      name: 'Compressed (gzip)',
    });
    await user.click(compressed);
    expect(compressed).toBeChecked();
    await user.click(within(menu).getByRole('menuitem', { name: /^NDJSON/ }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The export broke off after 0 kB, so no file was saved: network error',
    );
    expect(exportEvents).toHaveBeenCalledWith(
      {
        format: 'ndjson',
        compress: 'gzip',
        filter: { not: { actors: ['tok1'], types: [...TRAIL_READ_TYPES] } },
        entityRef: undefined,
        order: 'asc',
      },
      { signal: expect.any(AbortSignal) },
    );
    expect(screen.getByRole('button', { name: 'Export' })).toHaveFocus();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(exportEvents).toHaveBeenCalledTimes(2));
    expect(exportEvents.mock.calls[1]).toEqual([
      expect.objectContaining({ format: 'ndjson', compress: 'gzip' }),
      expect.anything(),
    ]);
  });

  it('offers no export to whom may not', async () => {
    renderPage(
      fakeApi({ getAccess: async () => ({ ...accessOf(), export: false }) }),
    );
    await eventButton('Warehouses Disabled');
    expect(
      screen.queryByRole('button', { name: 'Export' }),
    ).not.toBeInTheDocument();
  });

  it('shows rows of the real height while loading', async () => {
    renderPage(fakeApi({ queryEvents: jest.fn(() => new Promise(() => {})) }));
    expect(await screen.findAllByTestId('skeleton-row')).toHaveLength(15);
  });

  it('names the filters to drop when nothing is found', async () => {
    const api = fakeApi({
      queryEvents: jest.fn(async request =>
        request?.filter?.actors || request?.filter?.from
          ? eventPage([])
          : eventPage([auditEvent()], { totalItems: 31 }),
      ),
      getWaysOut: jest.fn(async () => ({
        anything: true,
        items: [
          {
            drop: {
              kind: 'value' as const,
              field: 'actors' as const,
              value: 'gone',
              excluded: false,
            },
            totalItems: 31,
            totalItemsCapped: false,
          },
        ],
      })),
    });
    const user = userEvent.setup();
    renderPage(api, '/audit-trail?actor=gone&range=all&harmful=true');
    const way = await screen.findByRole('button', {
      name: 'Without gone: 31 events',
    });
    expect(
      screen.queryByRole('button', { name: /Without harmful/ }),
    ).not.toBeInTheDocument();
    // One question for all of them, about just what the page has shown.
    expect(api.getWaysOut.mock.calls).toEqual([
      [
        {
          filter: {
            actors: ['gone'],
            harmful: true,
            not: { types: [...TRAIL_READ_TYPES] },
          },
          entityRef: undefined,
        },
      ],
    ]);
    await user.click(way);
    await eventButton('Warehouses Disabled');
    expect(address().search).toBe('?harmful=true&range=all');
  });

  it('tells how to connect Segment when there are no events at all', async () => {
    renderPage(fakeApi({ queryEvents: jest.fn(async () => eventPage([])) }));
    expect(await screen.findByText('No events yet')).toBeInTheDocument();
    expect(screen.getByText(/intake\/segment/)).toBeInTheDocument();
    expect(screen.getByText('auditTrail.segment.workspaces')).toBeVisible();
    expect(screen.getByText(/audit-trail-node\/auditor/)).toBeVisible();
  });

  it('tells who has no access whom to ask, and asks for no events', async () => {
    const api = fakeApi({
      getAccess: async () => engineersAccess,
    });
    renderPage(api);
    expect(
      await screen.findByText('You have no access to the Audit Trail'),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /platform/ })).toHaveAttribute(
      'href',
      '/catalog/default/group/platform',
    );
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    expect(api.queryEvents).not.toHaveBeenCalled();
  });

  it('opens an event that a link leads to for whom may see it without the page', async () => {
    const api = fakeApi({ getAccess: async () => engineersAccess });
    renderPage(api, '/audit-trail/events/e1');
    const drawer = await screen.findByRole('dialog', {
      name: 'Warehouses Disabled',
    });
    // There is no list that could be narrowed or gone through.
    expect(within(drawer).queryByTitle('Only this')).not.toBeInTheDocument();
    expect(
      within(drawer).queryByLabelText('Next event'),
    ).not.toBeInTheDocument();
    await userEvent.click(within(drawer).getByLabelText('Close'));
    expect(address().search).toBe('');
    const said = screen.getByText('You have no access to the Audit Trail');
    expect(said).toBeInTheDocument();
    // From there the keyboard goes on, not from the top of the portal.
    expect(said.closest('[role="status"]')).toContainElement(
      document.activeElement as HTMLElement,
    );
  });

  it('says no more than that there is no access of an event that one may not see', async () => {
    const getEvent = jest.fn(async () => {
      throw await responseError(404, 'Not Found');
    });
    renderPage(
      fakeApi({ getEvent, getAccess: async () => engineersAccess }),
      '/audit-trail/events/e1',
    );
    expect(
      await screen.findByText('You have no access to the Audit Trail'),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(/^The event of the link .* does not exist\.$/),
    ).toBeInTheDocument();
    expect(getEvent).toHaveBeenCalledWith('e1');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('tells how to configure Owners when there are none', async () => {
    renderPage(
      fakeApi({
        getAccess: async () =>
          accessOf({
            page: false,
            reason: 'no-owners-configured',
            entities: 'owned',
          }),
      }),
    );
    expect(
      await screen.findByText('The Audit Trail has no Owners yet'),
    ).toBeInTheDocument();
  });

  it('keeps the filters while a search has no word yet', async () => {
    const api = fakeApi();
    renderPage(api, '/audit-trail?harmful=true&range=30d');
    await eventButton('Warehouses Disabled');
    const search = screen.getByLabelText('Search the Audit Trail');
    await userEvent.type(search, '"');
    await userEvent.keyboard('{Enter}');
    expect(address().search).toBe('?harmful=true&range=30d');
    await userEvent.type(search, 'orders{Enter}');
    await waitFor(() =>
      expect(address().searchParams.get('q')).toBe('"orders'),
    );
    expect(address().searchParams.get('harmful')).toBe('true');
  });

  it('opens the drawer for a link that was cut off', async () => {
    const api = fakeApi({
      getEvent: async () => {
        throw await responseError(404, 'not found');
      },
    });
    renderPage(api, '/audit-trail/events/%E0%A4%A');
    expect(
      await screen.findByText(/This event does not exist/),
    ).toBeInTheDocument();
  });

  it('marks what is left of the view before when a new one fails', async () => {
    const page = eventPage([auditEvent()]);
    const queryEvents = jest
      .fn()
      .mockResolvedValueOnce(page)
      .mockRejectedValue(new Error('away'));
    renderPage(fakeApi({ queryEvents }));
    await eventButton('Warehouses Disabled');
    await userEvent.click(screen.getByRole('button', { name: 'When' }));
    expect(await screen.findByText(/could not be loaded: away/)).toBeVisible();
    expect(screen.getByText('Before: 1 event')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Export' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
  });
});
