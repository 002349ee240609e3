import type { Entity } from '@backstage/catalog-model';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import {
  TestApiProvider,
  TestApiRegistry,
  renderInTestApp,
} from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import type { AuditTrailApi } from './api';
import {
  AuditTrailNavigationItem,
  AuditTrailPage,
  EntityAuditTrailCard,
  EntityAuditTrailContent,
  auditTrailApiRef,
  auditTrailPlugin,
  hasAuditTrailAccess,
  isAuditTrailAvailable,
} from './legacy';
import {
  accessOf,
  engineersAccess,
  fakeApi,
  forwardersAccess,
} from './__testUtils__/fixtures';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    name: 'orders',
    annotations: { 'segment.com/warehouse-id': 'HpLc' },
  },
};

const owned = {
  ...entity,
  relations: [{ type: 'ownedBy', targetRef: 'group:default/web-team' }],
};

function renderLegacy(
  api: AuditTrailApi,
  element: JSX.Element,
  shown: Entity = entity,
  path = '/',
) {
  return renderInTestApp(
    <TestApiProvider apis={[[auditTrailApiRef, api]]}>
      <EntityProvider entity={shown}>
        <Routes>
          <Route path="/*" element={element} />
        </Routes>
      </EntityProvider>
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: {
        '/audit-trail': auditTrailPlugin.routes.root,
        '/entity-audit-trail': auditTrailPlugin.routes.entityContent,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}

describe('audit-trail plugin in the old frontend system', () => {
  it('shows the page with a header of its own', async () => {
    await renderLegacy(fakeApi(), <AuditTrailPage />);
    expect(await screen.findByText('Source Modified')).toBeInTheDocument();
    expect(
      screen.getAllByRole('heading', { name: 'Audit Trail', level: 1 }),
    ).toHaveLength(1);
  });

  it('has a tab for those who may see where the trail is sent', async () => {
    await renderLegacy(
      fakeApi({ getAccess: async () => forwardersAccess }),
      <AuditTrailPage />,
      entity,
      '/forwarding',
    );
    expect(await screen.findByText('No destinations yet')).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Forwarding' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    expect(screen.getByRole('tab', { name: 'Activity' })).toHaveAttribute(
      'href',
      '/',
    );
  });

  it('leads back from a tab to the view as it was, unless it was dropped', async () => {
    const api = fakeApi({ getAccess: async () => forwardersAccess });
    await renderLegacy(api, <AuditTrailPage />, entity, '/?actor=usr_1');
    const user = userEvent.setup();
    const clear = await screen.findByRole('button', { name: 'Clear filters' });
    expect(api.queryEvents).toHaveBeenCalledTimes(1);
    await user.click(screen.getByRole('tab', { name: 'Forwarding' }));
    await screen.findByText('No destinations yet');
    expect(clear).not.toBeInTheDocument();

    await user.click(screen.getByRole('tab', { name: 'Activity' }));
    await user.click(
      await screen.findByRole('button', { name: 'Clear filters' }),
    );
    // Nothing was asked for but what was shown.
    expect(api.queryEvents.mock.calls[1]).toEqual(
      api.queryEvents.mock.calls[0],
    );
    await user.click(screen.getByRole('tab', { name: 'Forwarding' }));
    await screen.findByText('No destinations yet');
    await user.click(screen.getByRole('tab', { name: 'Activity' }));
    expect(await screen.findByText('Source Modified')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Clear filters' }),
    ).not.toBeInTheDocument();
  });

  it('shows the history of an entity to those whom the page does not serve', async () => {
    const api = fakeApi({
      getAccess: async () => ({ ...engineersAccess, export: false }),
    });
    await renderLegacy(api, <EntityAuditTrailContent />, owned);
    expect(await screen.findByText('Source Modified')).toBeInTheDocument();
    expect(api.queryEvents).toHaveBeenCalledWith(
      expect.objectContaining({ entityRef: 'resource:default/orders' }),
    );
    expect(
      screen.queryByRole('button', { name: 'Export' }),
    ).not.toBeInTheDocument();
  });

  it('shows the card', async () => {
    await renderLegacy(fakeApi(), <EntityAuditTrailCard />);
    expect(await screen.findByText(/Last change/)).toBeInTheDocument();
    expect(isAuditTrailAvailable(entity)).toBe(true);
    expect(isAuditTrailAvailable({ ...entity, metadata: { name: 'x' } })).toBe(
      false,
    );
  });

  it('takes card and tab away from whom they do not serve', async () => {
    const api = fakeApi({ getAccess: async () => engineersAccess });
    const apis = TestApiRegistry.from([auditTrailApiRef, api]);
    expect(await hasAuditTrailAccess(entity, { apis })).toBe(false);
    expect(await hasAuditTrailAccess(owned, { apis })).toBe(true);
    expect(isAuditTrailAvailable(entity)).toBe(false);
    expect(isAuditTrailAvailable(owned)).toBe(true);

    await renderLegacy(api, <EntityAuditTrailContent />);
    expect(
      await screen.findByText('You have no access to this Audit Trail'),
    ).toBeInTheDocument();
    await renderLegacy(
      api,
      <>
        <EntityAuditTrailCard />
        <p>ready</p>
      </>,
    );
    await screen.findByText('ready');
    expect(screen.queryByText('Audit Trail')).not.toBeInTheDocument();
    expect(api.queryEvents).not.toHaveBeenCalled();
  });

  it('shows the card where it cannot be found out whom it serves', async () => {
    const api = fakeApi({
      getAccess: async () => {
        throw new Error('away');
      },
    });
    const apis = TestApiRegistry.from([auditTrailApiRef, api]);
    expect(await hasAuditTrailAccess(entity, { apis })).toBe(true);
    expect(
      await hasAuditTrailAccess(
        { ...entity, metadata: { name: 'x' } },
        { apis },
      ),
    ).toBe(false);
  });

  it.each([true, false])(
    'shows the navigation entry if the page serves: %s',
    async page => {
      const getAccess = jest.fn(async () => accessOf({ page }));
      await renderLegacy(
        fakeApi({ getAccess }),
        <>
          <AuditTrailNavigationItem />
          <p>ready</p>
        </>,
      );
      await screen.findByText('ready');
      expect(getAccess).toHaveBeenCalled();
      expect(screen.queryAllByLabelText('Audit Trail')).toHaveLength(
        page ? 1 : 0,
      );
    },
  );
});
