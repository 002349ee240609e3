import { renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { act, screen, waitFor } from '@testing-library/react';
import auditTrailPlugin from '.';
import { auditTrailApiRef } from './api';
import { eventPage, fakeApi } from './testing/fixtures';

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
    let answer = (_: { page: boolean; export: boolean; owners: [] }) => {};
    const access = new Promise<Parameters<typeof answer>[0]>(
      resolve => (answer = resolve),
    );
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

    await act(async () => answer({ page: true, export: true, owners: [] }));
    expect(entry).toBeVisible();
    expect(await screen.findByText('Source Modified')).toBeInTheDocument();
    expect(
      screen.getAllByRole('heading', { name: 'Audit Trail', level: 1 }),
    ).toHaveLength(1);
  });

  it('never shows the entry to whom the page does not serve', async () => {
    renderTestApp({
      features: [auditTrailPlugin],
      apis: [
        [
          auditTrailApiRef,
          fakeApi({
            getAccess: async () => ({
              page: false,
              export: false,
              owners: [],
              reason: 'not-an-owner',
            }),
          }),
        ],
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
});
