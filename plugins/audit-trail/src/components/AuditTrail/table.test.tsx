import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  auditEvent,
  eventPage,
  fakeApi,
  sourceModified,
} from '../../__testUtils__/fixtures';
import {
  harm,
  hostileEvent,
  HOSTILE_TEXTS,
  isApart,
  showing,
} from '../../__testUtils__/hostileTexts';
import {
  address,
  eventButton,
  renderPage,
} from '../../__testUtils__/renderPage';

const heading = (name: string) => screen.queryByRole('columnheader', { name });

describe('the table', () => {
  it('has the columns and the density that the reader chooses', async () => {
    const user = userEvent.setup();
    renderPage(fakeApi());
    const row = (await eventButton('Source Modified')).closest('tr')!;
    const before = row.className;
    expect(heading('Workspace')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Columns and rows' }));
    const menu = screen.getByRole('dialog', { name: 'Columns and rows' });
    const item = (name: string) =>
      within(menu).getByRole('menuitemcheckbox', { name });
    expect(item('Actor')).toHaveAttribute('aria-checked', 'true');
    await user.click(item('Workspace'));
    await user.click(item('Actor'));
    await user.click(item('Dense rows'));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(menu).not.toBeInTheDocument());
    expect(heading('Workspace')).toBeInTheDocument();
    expect(heading('Actor')).not.toBeInTheDocument();
    expect(row.className).not.toBe(before);
  });

  it('says what the keyboard does', async () => {
    const user = userEvent.setup();
    renderPage(fakeApi());
    await eventButton('Source Modified');
    await user.keyboard('?');
    expect(
      await screen.findByRole('dialog', { name: 'Keyboard' }),
    ).toHaveTextContent('from row to row');
  });

  it('lets the keyboard narrow it to a value of a row', async () => {
    const user = userEvent.setup();
    renderPage(fakeApi());
    const button = await eventButton('Warehouses Disabled');
    expect(screen.queryByLabelText('Not jm@example.com')).toBeNull();
    button.focus();
    const not = await screen.findByLabelText('Not jm@example.com');
    for (let step = 0; step < 10 && document.activeElement !== not; step++) {
      await user.tab();
    }
    expect(not).toHaveFocus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(address().search).toBe('?not.actor=MNxx'));
  });

  it('keeps what narrows it while the focus is on its way there', async () => {
    renderPage(fakeApi());
    const button = await eventButton('Warehouses Disabled');
    act(() => button.focus());
    const not = await screen.findByLabelText('Not jm@example.com');
    // Browsers tell that the focus leaves before they tell where it is.
    fireEvent.blur(button, { relatedTarget: not });
    expect(not).toBeInTheDocument();
    fireEvent.blur(not, { relatedTarget: document.body });
    await waitFor(() => expect(not).not.toBeInTheDocument());
  });

  it('opens no event when the reader marks some of its text', async () => {
    renderPage(fakeApi());
    const row = (await eventButton('Warehouses Disabled')).closest('tr')!;
    const selection = jest
      .spyOn(window, 'getSelection')
      .mockReturnValue({ type: 'Range' } as Selection);
    fireEvent.click(row);
    expect(screen.queryByRole('dialog')).toBeNull();
    selection.mockRestore();
    fireEvent.click(row);
    expect(await screen.findByRole('dialog')).toBeInTheDocument();
  });

  it('shows an event that was clicked twice, as a double click does', async () => {
    renderPage(fakeApi());
    const row = (await eventButton('Warehouses Disabled')).closest('tr')!;
    fireEvent.click(row, { detail: 1 });
    const dialog = await screen.findByRole('dialog');
    const backdrop = () => dialog.parentElement!.firstElementChild!;
    fireEvent.click(backdrop(), { detail: 2 });
    expect(dialog).toBeInTheDocument();
    fireEvent.click(backdrop(), { detail: 1 });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

describe('texts that are to do harm', () => {
  it('are shown in the rows as the texts they are', async () => {
    const events = HOSTILE_TEXTS.map(([, text], at) =>
      hostileEvent(text, {
        id: `019a0000-0000-7000-8000-0000000001${at + 10}`,
      }),
    );
    renderPage(fakeApi({ queryEvents: async () => eventPage(events) }));
    await screen.findByText(`${events.length} events`);
    for (const [index, [, text]] of HOSTILE_TEXTS.entries()) {
      const row = document
        .querySelector(`[data-audit-trail-row="${events[index].id}"]`)!
        .closest('tr')!;
      const shown = showing(text, row);
      // Its name, its area, who did it, and what to.
      expect(shown).toHaveLength(4);
      expect(shown.filter(element => !isApart(element))).toEqual([]);
    }
    expect(harm()).toEqual([]);
  });
});

describe('what is around an event', () => {
  it('is counted, and leads to the list of it', async () => {
    const user = userEvent.setup();
    const api = fakeApi();
    renderPage(api);
    await user.click(await eventButton('Warehouses Disabled'));
    expect(
      await screen.findByText(
        'nothing else by jm@example.com in the hours around',
      ),
    ).toBeInTheDocument();
    await user.click(
      screen.getByRole('button', {
        name: '5 events on orders-redshift in the hours around',
      }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    const { searchParams } = address();
    expect(Object.fromEntries(searchParams)).toEqual({
      resource: 'segment:warehouse:HpLc',
      from: '2026-11-22T12:00:00.000Z',
      to: '2026-11-22T14:00:00.000Z',
    });
    expect(api.getRelatedEvents).toHaveBeenCalledTimes(1);
  });
});

describe('newer events', () => {
  it('are announced, and shown only on demand', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
    const pageInfo = { newerCursor: 'c1' };
    const queryEvents = jest
      .fn()
      .mockResolvedValueOnce(eventPage([sourceModified], { pageInfo }))
      .mockResolvedValue(eventPage([auditEvent(), sourceModified]));
    const api = fakeApi({ queryEvents });
    api.countNewerEvents.mockResolvedValue({
      totalItems: 1,
      totalItemsCapped: false,
    });
    renderPage(api);
    await eventButton('Source Modified');
    await jest.advanceTimersByTimeAsync(30_000);
    const show = await screen.findByRole('button', {
      name: '1 new event: show',
    });
    expect(screen.queryByText('Warehouses Disabled')).toBeNull();
    await user.click(show);
    expect(await eventButton('Warehouses Disabled')).toBeInTheDocument();
    expect(show).not.toBeInTheDocument();
    jest.useRealTimers();
  });

  it('are announced where there were none', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
    const pageInfo = { newerCursor: 'c0' };
    const queryEvents = jest
      .fn()
      .mockResolvedValueOnce(eventPage([], { pageInfo }))
      .mockResolvedValue(eventPage([auditEvent()]));
    const api = fakeApi({ queryEvents });
    api.countNewerEvents.mockResolvedValue({
      totalItems: 1,
      totalItemsCapped: false,
    });
    renderPage(api);
    expect(await screen.findByText('No events yet')).toBeInTheDocument();
    await jest.advanceTimersByTimeAsync(30_000);
    await user.click(
      await screen.findByRole('button', { name: '1 new event: show' }),
    );
    expect(await eventButton('Warehouses Disabled')).toBeInTheDocument();
    jest.useRealTimers();
  });
});
