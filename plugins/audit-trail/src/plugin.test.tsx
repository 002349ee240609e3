import { renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { AuditTrailAccess } from 'backstage-plugin-audit-trail-common';
import auditTrailPlugin from '.';
import { auditTrailApiRef, loadAccess, type AuditTrailApi } from './api';
import {
  accessOf,
  engineersAccess,
  eventPage,
  fakeApi,
  forwardersAccess,
} from './__testUtils__/fixtures';

const mountedRoutes = {
  '/catalog/:namespace/:kind/:name': entityRouteRef,
};

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    name: 'orders',
    annotations: { 'segment.com/warehouse-id': 'HpLc' },
  },
  spec: { type: 'segment-warehouse' },
};

describe('audit-trail plugin', () => {
  it('shows the page with one header, and the entry only once it serves', async () => {
    let answer = (_: AuditTrailAccess) => {};
    const access = new Promise<AuditTrailAccess>(resolve => (answer = resolve));
    renderTestApp({
      features: [auditTrailPlugin],
      apis: [[auditTrailApiRef, fakeApi({ getAccess: () => access })]],
      initialRouteEntries: ['/audit-trail'],
      mountedRoutes,
    });
    const entry = await screen.findByLabelText('Audit Trail', {
      selector: 'nav a',
    });
    expect(entry).toHaveAttribute('href', '/audit-trail');
    expect(entry).not.toBeVisible();

    await act(async () => answer(accessOf()));
    expect(entry).toBeVisible();
    expect(await screen.findByText('Source Modified')).toBeInTheDocument();
    expect(screen.queryByRole('tab')).not.toBeInTheDocument();
    expect(
      screen.getAllByRole('heading', { name: 'Audit Trail', level: 1 }),
    ).toHaveLength(1);
  });

  it('never shows the entry to whom the page does not serve', async () => {
    renderTestApp({
      features: [auditTrailPlugin],
      apis: [
        [auditTrailApiRef, fakeApi({ getAccess: async () => engineersAccess })],
      ],
      initialRouteEntries: ['/audit-trail'],
      mountedRoutes,
    });
    expect(
      await screen.findByText('You have no access to the Audit Trail'),
    ).toBeInTheDocument();
    expect(
      screen.getByLabelText('Audit Trail', { selector: 'nav a' }),
    ).not.toBeVisible();
  });

  it('has a tab for those who may see where the trail is sent', async () => {
    const api = fakeApi({ getAccess: async () => forwardersAccess });
    renderTestApp({
      features: [auditTrailPlugin],
      apis: [[auditTrailApiRef, api]],
      initialRouteEntries: ['/audit-trail'],
      mountedRoutes,
    });
    const activity = await screen.findByRole('tab', { name: 'Activity' });
    const forwarding = screen.getByRole('tab', { name: 'Forwarding' });
    expect(activity).toHaveAttribute('href', '/audit-trail');
    await waitFor(() =>
      expect(activity).toHaveAttribute('aria-selected', 'true'),
    );
    expect(await screen.findByText('Source Modified')).toBeInTheDocument();
    // What changes the address must not mount the page anew.
    const shown = screen.getByRole('table', { name: 'Audit events' });
    await userEvent.click(
      screen.getByRole('button', { name: 'Source Modified' }),
    );
    await userEvent.click(await screen.findByLabelText('Close'));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(screen.getByRole('table', { name: 'Audit events' })).toBe(shown);
    expect(api.queryEvents).toHaveBeenCalledTimes(1);

    await userEvent.click(forwarding);
    expect(await screen.findByText('No destinations yet')).toBeInTheDocument();
    expect(screen.queryByText('Source Modified')).not.toBeInTheDocument();
    expect(forwarding).toHaveAttribute('aria-selected', 'true');
    expect(
      screen.getAllByRole('heading', { name: 'Audit Trail', level: 1 }),
    ).toHaveLength(1);
  });

  it('shows the latest events on a card that leads to the tab', async () => {
    const api = fakeApi();
    renderTestApp({
      features: [auditTrailPlugin],
      extensions: [createTestEntityPage({ entity })],
      apis: [[auditTrailApiRef, api]],
    });
    expect(
      await screen.findByText(
        'Last change 12 minutes ago: Warehouses Disabled by jm@example.com',
      ),
    ).toBeInTheDocument();
    expect(api.queryEvents).toHaveBeenCalledWith({
      entityRef: 'resource:default/orders',
      limit: 5,
      filter: { from: expect.any(String) },
    });
  });

  it('says so on the card when nothing changed', async () => {
    renderTestApp({
      features: [auditTrailPlugin],
      extensions: [createTestEntityPage({ entity })],
      apis: [
        [
          auditTrailApiRef,
          fakeApi({ queryEvents: jest.fn(async () => eventPage([])) }),
        ],
      ],
    });
    expect(
      await screen.findByText('No changes recorded in the last 90 days'),
    ).toBeInTheDocument();
  });

  it('says on the card since when that is complete, if it is known', async () => {
    renderTestApp({
      features: [auditTrailPlugin],
      extensions: [createTestEntityPage({ entity })],
      apis: [
        [
          auditTrailApiRef,
          fakeApi({
            queryEvents: jest.fn(async () => eventPage([])),
            getCoverage: async () => ({
              items: [
                {
                  from: '2026-08-24T12:00:00.000Z',
                  to: '2026-11-22T12:00:00.000Z',
                  completeSince: '2026-08-24T12:00:00.000Z',
                  gaps: [],
                },
              ],
            }),
          }),
        ],
      ],
    });
    expect(
      await screen.findByText(
        /^No changes in the last 90 days, complete since 24 Aug/,
      ),
    ).toBeInTheDocument();
  });

  it('shows neither card nor tab on other entities', async () => {
    const api = fakeApi();
    renderTestApp({
      features: [auditTrailPlugin],
      extensions: [
        createTestEntityPage({
          entity: { ...entity, metadata: { name: 'other' } },
        }),
      ],
      apis: [[auditTrailApiRef, api]],
    });
    expect(await screen.findByTestId('empty-entity-page')).toBeInTheDocument();
    await waitFor(() => expect(api.getAccess).toHaveBeenCalled());
    expect(api.queryEvents).not.toHaveBeenCalled();
  });

  describe('on the page of an entity', () => {
    const owned = {
      ...entity,
      relations: [{ type: 'ownedBy', targetRef: 'group:default/commerce' }],
    };

    /** Renders the entity's page once the answer, if there is any, is known. */
    async function renderEntity(shown: typeof entity, api: AuditTrailApi) {
      await loadAccess(api).catch(() => {});
      renderTestApp({
        features: [auditTrailPlugin],
        extensions: [createTestEntityPage({ entity: shown })],
        apis: [[auditTrailApiRef, api]],
        mountedRoutes,
      });
    }

    it('shows card and tab to a member of a group below the owner', async () => {
      const api = fakeApi({ getAccess: async () => engineersAccess });
      await renderEntity(owned, api);
      expect(await screen.findByText(/^Last change/)).toBeInTheDocument();
      expect(
        await screen.findByRole('table', { name: 'Audit events' }),
      ).toBeInTheDocument();
    });

    it('shows neither where the reader owns nothing', async () => {
      const api = fakeApi({ getAccess: async () => engineersAccess });
      await renderEntity(entity, api);
      expect(
        await screen.findByTestId('empty-entity-page'),
      ).toBeInTheDocument();
      expect(api.queryEvents).not.toHaveBeenCalled();
    });

    it('shows the tab to whom comes by its address, saying whom to ask', async () => {
      window.history.pushState({}, '', '/audit-trail');
      const api = fakeApi({ getAccess: async () => engineersAccess });
      await renderEntity(
        {
          ...owned,
          relations: [
            { type: 'ownedBy', targetRef: 'group:default/data-platform' },
          ],
        } as typeof entity,
        api,
      );
      expect(
        await screen.findByText('You have no access to this Audit Trail'),
      ).toBeInTheDocument();
      expect(screen.getByRole('link', { name: /data-platform/ })).toBeVisible();
      expect(screen.getByRole('link', { name: 'platform' })).toBeVisible();
      expect(api.queryEvents).not.toHaveBeenCalled();
      window.history.pushState({}, '', '/');
    });

    it('takes the card away when the answer comes late', async () => {
      let answer = (_: AuditTrailAccess) => {};
      const api = fakeApi({
        getAccess: () => new Promise(resolve => (answer = resolve)),
      });
      renderTestApp({
        features: [auditTrailPlugin],
        extensions: [createTestEntityPage({ entity })],
        apis: [[auditTrailApiRef, api]],
        mountedRoutes,
      });
      expect(
        await screen.findByLabelText('Loading changes'),
      ).toBeInTheDocument();
      await act(async () => answer(engineersAccess));
      expect(screen.queryByText('View all')).not.toBeInTheDocument();
      expect(
        screen.getByText('You have no access to this Audit Trail'),
      ).toBeInTheDocument();
      expect(api.queryEvents).not.toHaveBeenCalled();
    });

    it('shows both where the question fails', async () => {
      const api = fakeApi({
        getAccess: async () => {
          throw new Error('away');
        },
      });
      await renderEntity(entity, api);
      expect(await screen.findByText(/^Last change/)).toBeInTheDocument();
      expect(
        await screen.findByRole('table', { name: 'Audit events' }),
      ).toBeInTheDocument();
    });
  });
});
