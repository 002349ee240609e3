import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  accessOf,
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
  backButton,
  eventButton,
  renderPage,
} from '../../__testUtils__/renderPage';

const drawer = (name: string) => screen.findByRole('dialog', { name });
const gone = () =>
  waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());

describe('the drawer and the back button', () => {
  it('does not come back once it was closed', async () => {
    const user = userEvent.setup();
    renderPage(fakeApi());
    await user.click(await screen.findByRole('button', { name: 'Events' }));
    await user.click(
      await screen.findByRole('menuitemcheckbox', { name: /^Source, / }),
    );
    await user.keyboard('{Escape}');
    await gone();
    expect(address().search).toBe('?category=source');
    await user.click(await eventButton('Source Modified'));
    await user.click(
      within(await drawer('Source Modified')).getByLabelText('Close'),
    );
    await gone();
    expect(address().search).toBe('?category=source');

    await user.click(backButton());
    expect(address().search).toBe('');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('gives way to the list where a link led to it', async () => {
    const user = userEvent.setup();
    renderPage(fakeApi(), `/audit-trail?event=${sourceModified.id}`);
    await drawer('Source Modified');
    await user.keyboard('{Escape}');
    await gone();
    expect(address().pathname + address().search).toBe('/audit-trail');
    expect(await eventButton('Source Modified')).toHaveFocus();
  });

  it('gives way to what is chosen in it', async () => {
    const user = userEvent.setup();
    renderPage(fakeApi());
    await user.click(await eventButton('Source Modified'));
    const opened = await drawer('Source Modified');
    await user.click(within(opened).getByLabelText('Only deploy-bot'));
    await gone();
    expect(address().search).toBe('?actor=tok1');
    await user.click(backButton());
    expect(address().search).toBe('');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});

describe('the way from event to event', () => {
  it('leaves the focus on the event that was shown last', async () => {
    const user = userEvent.setup();
    renderPage(fakeApi());
    const second = await eventButton('Source Modified');
    await user.click(await eventButton('Warehouses Disabled'));
    await user.click(
      within(await drawer('Warehouses Disabled')).getByLabelText('Next event'),
    );
    const last = await drawer('Source Modified');
    const next = within(last).getByLabelText('Next event');
    expect(next).toHaveAttribute('aria-disabled', 'true');
    expect(next).toHaveAttribute('title', 'This is the last event of the list');
    await user.keyboard('{Escape}');
    await gone();
    expect(second).toHaveFocus();
  });

  it('goes on over the edges of the pages of results', async () => {
    const older = auditEvent({
      id: '019a0000-0000-7000-8000-000000000003',
      label: 'Source Deleted',
    });
    const api = fakeApi({
      queryEvents: jest.fn(async request =>
        request?.cursor === 'n1'
          ? eventPage([older], { pageInfo: { prevCursor: 'p1' } })
          : eventPage([auditEvent(), sourceModified], {
              pageInfo: { nextCursor: 'n1' },
            }),
      ),
    });
    const user = userEvent.setup();
    renderPage(api);
    await user.click(await eventButton('Source Modified'));
    await user.click(
      within(await drawer('Source Modified')).getByLabelText('Next event'),
    );
    const first = within(await drawer('Source Deleted'));
    expect(address().search).toBe(`?cursor=n1&event=${older.id}`);
    expect(first.getByLabelText('Next event')).toHaveAttribute(
      'aria-disabled',
      'true',
    );

    await user.click(first.getByLabelText('Previous event'));
    await drawer('Source Modified');
    expect(address().search).toBe(`?cursor=p1&event=${sourceModified.id}`);
    // All of them stood in a list, so that none was asked for by itself.
    expect(api.getEvent).not.toHaveBeenCalled();

    await user.keyboard('{Escape}');
    await gone();
    expect(address().search).toBe('?cursor=p1');
    expect(await eventButton('Source Modified')).toHaveFocus();
  });

  it('says so where the event is not among those listed', async () => {
    const user = userEvent.setup();
    renderPage(fakeApi(), '/audit-trail?event=other');
    const opened = await drawer('Warehouses Disabled');
    await screen.findByText('2 events');
    const next = within(opened).getByLabelText('Next event');
    expect(next).toHaveAttribute(
      'title',
      expect.stringContaining('not on the page'),
    );
    await user.keyboard('{Escape}');
    await gone();
    expect(screen.getByRole('table', { name: 'Audit events' })).toHaveFocus();
  });
});

describe('the focus', () => {
  it('stays at the trail where the list has no events', async () => {
    const user = userEvent.setup();
    renderPage(
      fakeApi({ queryEvents: async () => eventPage([]) }),
      '/audit-trail?event=other',
    );
    await drawer('Warehouses Disabled');
    await screen.findByText('No events yet');
    await user.keyboard('{Escape}');
    await gone();
    expect(document.activeElement).toContainElement(
      screen.getByText('No events yet'),
    );
    expect(document.activeElement).not.toBe(document.body);
  });
});

describe('the way into Segment', () => {
  it('leads to the resource in the workspace as it is configured', async () => {
    const segmentWorkspaces = [{ slug: 'acme-eu', region: 'eu' as const }];
    renderPage(
      fakeApi({ getAccess: async () => accessOf({ segmentWorkspaces }) }),
      '/audit-trail?event=e1',
    );
    const opened = within(await drawer('Warehouses Disabled'));
    expect(
      opened.getByRole('link', { name: /^Open in Segment/ }),
    ).toHaveAttribute(
      'href',
      'https://eu1.app.segment.com/acme-eu/warehouses/HpLc/overview',
    );
  });

  it('is there for events of Segment alone', async () => {
    renderPage(
      fakeApi({
        getEvent: async id => auditEvent({ id, source: 'backstage' }),
      }),
      '/audit-trail?event=e1',
    );
    const opened = within(await drawer('Warehouses Disabled'));
    expect(
      opened.getByRole('button', { name: 'Copy link' }),
    ).toBeInTheDocument();
    expect(opened.queryByRole('link', { name: /Segment/ })).toBeNull();
  });
});

describe('texts that are to do harm', () => {
  it.each(HOSTILE_TEXTS)('are shown as texts: %s', async (_, text) => {
    const event = hostileEvent(text, { id: 'e1' });
    renderPage(
      fakeApi({ getEvent: async () => event }),
      '/audit-trail?event=e1',
    );
    const title = await screen.findByRole('heading', {
      level: 2,
      name: name => name.replace(/\s/g, '') === text.replace(/\s/g, ''),
    });
    expect(title.textContent).toBe(text);
    const opened = title.closest('[role=dialog]')!;
    const shown = showing(text, opened);
    // Beside the title: who, what, the value before, severity, correlation …
    expect(shown.length).toBeGreaterThan(5);
    expect(shown.filter(element => !isApart(element))).toEqual([]);
    expect(opened.querySelector('pre')!.textContent).toBe(
      JSON.stringify(event.details, undefined, 2),
    );
    expect(
      within(opened as HTMLElement).queryByRole('link', { name: /Segment/ }),
    ).toBeNull();
    expect(harm()).toEqual([]);
  });

  it('lead to no other address than that of an entity', async () => {
    const entityRef = ['javascript', 'default/alert(1)'].join(':');
    const { actor, resource } = auditEvent();
    const event = auditEvent({
      id: 'e1',
      actor: { ...actor, entityRef },
      resource: { ...resource, entityRef },
    });
    renderPage(
      fakeApi({ getEvent: async () => event }),
      '/audit-trail?event=e1',
    );
    const opened = within(await drawer('Warehouses Disabled'));
    const links = opened.getAllByRole('link');
    expect(links).not.toEqual([]);
    for (const link of links) {
      expect(link.getAttribute('href')).toMatch(/^(\/catalog\/|https:\/\/)/);
    }
    expect(harm()).toEqual([]);
  });
});

describe('copying', () => {
  const setClipboard = (value: Partial<Clipboard> | undefined) =>
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value,
    });

  it('shows the text where the browser does not let the page copy', async () => {
    const user = userEvent.setup();
    renderPage(fakeApi());
    await user.click(await eventButton('Source Modified'));
    const opened = await drawer('Source Modified');
    const writeText = jest.fn(async () => {});
    setClipboard({ writeText });
    await user.click(within(opened).getByText('Copy link'));
    await within(opened).findByText('Copied');
    expect(writeText).toHaveBeenCalledWith(
      expect.stringMatching(
        new RegExp(`/audit-trail/events/${sourceModified.id}$`),
      ),
    );

    // As on plain http.
    setClipboard(undefined);
    await user.click(within(opened).getByText('Copy JSON'));
    const shown = await screen.findByLabelText<HTMLTextAreaElement>(
      'To be copied by you',
    );
    expect(JSON.parse(shown.value)).toEqual(sourceModified);
    await waitFor(() => expect(shown).toHaveFocus());
    expect(shown.selectionStart).toBe(0);
    expect(shown.selectionEnd).toBe(shown.value.length);
  });
});
