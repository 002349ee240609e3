import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { TRAIL_READ_TYPES } from 'backstage-plugin-audit-trail-common';
import {
  eventPage,
  auditEvent,
  fakeApi,
  histogram,
  responseError,
} from '../../__testUtils__/fixtures';
import {
  address,
  eventButton,
  renderPage,
} from '../../__testUtils__/renderPage';
import { germanConfig } from '../../__testUtils__/translation';

jest.setTimeout(60_000);

/** The chart, whose library comes only when it is needed. */
const chart = async (name = 'Activity over time') =>
  screen.findByRole('application', { name }, { timeout: 30_000 });

describe('ActivityChart', () => {
  beforeAll(() => {
    // As browsers have it.
    window.requestIdleCallback = callback => Number(setTimeout(callback, 0));
    window.cancelIdleCallback = clearTimeout;
  });

  it('asks once for the filter of the table, and tells it in words and a table', async () => {
    const api = fakeApi();
    renderPage(api, '/audit-trail?actor=MNxx&limit=25');
    await chart();
    expect(api.getHistogram).toHaveBeenCalledTimes(1);
    expect(api.getHistogram).toHaveBeenCalledWith({
      filter: {
        actors: ['MNxx'],
        from: expect.stringMatching(/T00:00:00\.000Z$/),
        not: { types: [...TRAIL_READ_TYPES] },
      },
      timeZone: expect.any(String),
    });

    const table = await screen.findByRole('table', {
      name: /^12 events, 3 harmful/,
    });
    const rows = within(table).getAllByRole('row');
    expect(rows.map(row => row.textContent)).toEqual([
      'TimeEventsHarmfulBy area',
      'Friday 20 Nov 202650Source: 5',
      'Sunday 22 Nov 202673Warehouses: 4, Source: 3',
    ]);
  });

  it('zooms in by arrow keys and Enter, and out again', async () => {
    const user = userEvent.setup();
    renderPage(fakeApi());
    const bars = await chart();
    bars.focus();
    await user.keyboard('{ArrowLeft}');
    expect(within(bars).getByRole('status')).toHaveTextContent(
      'Sunday 22 Nov 2026: 7 events, 3 harmful, Warehouses: 4, Source: 3',
    );
    expect(screen.getByTestId('chart-tooltip')).toHaveTextContent(
      'Warehouses4',
    );
    await user.keyboard('{Escape}');
    expect(screen.queryByTestId('chart-tooltip')).not.toBeInTheDocument();

    await user.keyboard('{Home}{ArrowRight}{Shift>}{ArrowRight}{/Shift}');
    expect(within(bars).getByRole('status')).toHaveTextContent(
      'Selected: Saturday 21 Nov 2026 to Sunday 22 Nov 2026',
    );
    await user.keyboard('{Enter}');
    expect(address().searchParams.get('from')).toBe('2026-11-21T00:00:00.000Z');
    expect(address().searchParams.get('to')).toBe('2026-11-22T23:59:59.999Z');

    await user.click(screen.getByRole('button', { name: 'Zoom out' }));
    expect(address().searchParams.get('from')).not.toBe(
      '2026-11-21T00:00:00.000Z',
    );
  });

  it('forgets what is selected where there are other bars, even fewer', async () => {
    const [first] = histogram().buckets;
    const getHistogram = jest
      .fn()
      .mockResolvedValueOnce(histogram())
      .mockResolvedValue(histogram({ buckets: [first], total: 5 }));
    const user = userEvent.setup();
    renderPage(fakeApi({ getHistogram }));
    const bars = await chart();
    bars.focus();
    await user.keyboard('{End}{Shift>}{ArrowLeft}{/Shift}{Enter}');
    await waitFor(() => expect(getHistogram).toHaveBeenCalledTimes(2));
    await waitFor(() =>
      expect(screen.queryByTestId('chart-tooltip')).not.toBeInTheDocument(),
    );
    expect(within(bars).getByRole('status')).toBeEmptyDOMElement();
    expect(await eventButton('Warehouses Disabled')).toBeInTheDocument();
  });

  it('filters by the legend: only an area, all again, all but it', async () => {
    const user = userEvent.setup();
    renderPage(fakeApi());
    await chart();
    const legend = screen.getByRole('list', { name: 'Areas' });
    await user.click(within(legend).getByTitle('Only Warehouses'));
    expect(address().searchParams.getAll('category')).toEqual(['warehouses']);
    const only = within(legend).getByTitle('Only Warehouses');
    expect(only).toHaveAttribute('aria-pressed', 'true');
    await user.click(only);
    expect(address().searchParams.has('category')).toBe(false);
    await user.click(within(legend).getByTitle('Not Source'));
    expect(address().searchParams.getAll('not.category')).toEqual(['source']);
  });

  it('leaves the table alone when it fails, and tries again', async () => {
    const getHistogram = jest.fn(async () => histogram());
    getHistogram.mockRejectedValueOnce(
      await responseError(503, 'The query took longer than 5 seconds'),
    );
    const api = fakeApi({ getHistogram });
    const user = userEvent.setup();
    renderPage(api);
    await eventButton('Warehouses Disabled');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      'Activity over time could not be counted: The query took longer',
    );
    await user.click(within(alert).getByRole('button', { name: 'Retry' }));
    await chart();
    expect(alert).not.toBeInTheDocument();
    expect(api.queryEvents).toHaveBeenCalledTimes(1);
  });

  it('is folded away, asks for nothing then, and is remembered', async () => {
    const api = fakeApi();
    const user = userEvent.setup();
    renderPage(api);
    await chart();
    const fold = screen.getByRole('button', { name: 'Activity over time' });
    expect(fold).toHaveAttribute('aria-expanded', 'true');
    await user.click(fold);
    expect(fold).toHaveAttribute('aria-expanded', 'false');
    expect(screen.queryByRole('application')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Refresh' }));
    await waitFor(() => expect(api.queryEvents).toHaveBeenCalledTimes(2));
    expect(api.getHistogram).toHaveBeenCalledTimes(1);
  });

  it('says what it has not counted, and knows totals that the page does not', async () => {
    const queryEvents = jest.fn(async () =>
      eventPage([auditEvent()], { totalItems: 10_000, totalItemsCapped: true }),
    );
    const { unmount } = renderPage(
      fakeApi({
        queryEvents,
        getHistogram: jest.fn(async () => histogram({ total: 48_211 })),
      }),
    );
    await chart();
    expect(await screen.findByText('48,211 events')).toBeInTheDocument();
    unmount();

    renderPage(
      fakeApi({
        queryEvents,
        getHistogram: jest.fn(async () =>
          histogram({
            total: 20_001,
            complete: false,
            countedFrom: '2026-11-21T10:00:00.000Z',
          }),
        ),
      }),
    );
    await chart();
    expect(screen.getByRole('note')).toHaveTextContent(
      'only the newest 20,001 are counted here, from 21 Nov',
    );
    expect(screen.getByText('more than 10,000 events')).toBeInTheDocument();
  });

  it('has a place of its real height while it loads', async () => {
    renderPage(fakeApi({ getHistogram: jest.fn(() => new Promise(() => {})) }));
    expect(
      await screen.findByRole(
        'img',
        { name: 'Counting events' },
        { timeout: 30_000 },
      ),
    ).toBeInTheDocument();
    await eventButton('Warehouses Disabled');
  });

  it('speaks German', async () => {
    renderPage(fakeApi(), '/audit-trail', { config: germanConfig });
    expect(await chart('Verlauf')).toBeInTheDocument();
    expect(
      await screen.findByRole('table', {
        name: '12 Ereignisse, 3 kritische, die meisten am Sonntag, 22. Nov. 2026: 7',
      }),
    ).toBeInTheDocument();
  });
});
