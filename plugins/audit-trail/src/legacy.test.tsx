import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { TestApiProvider, renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import type { AuditTrailApi } from './api';
import {
  AuditTrailNavigationItem,
  AuditTrailPage,
  EntityAuditTrailCard,
  EntityAuditTrailContent,
  auditTrailApiRef,
  auditTrailPlugin,
  isAuditTrailAvailable,
} from './legacy';
import { fakeApi } from './testing/fixtures';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    name: 'orders',
    annotations: { 'segment.com/warehouse-id': 'HpLc' },
  },
};

function renderLegacy(api: AuditTrailApi, element: JSX.Element) {
  return renderInTestApp(
    <TestApiProvider apis={[[auditTrailApiRef, api]]}>
      <EntityProvider entity={entity}>
        <Routes>
          <Route path="/*" element={element} />
        </Routes>
      </EntityProvider>
    </TestApiProvider>,
    {
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

  it('shows the history of an entity to those whom the page does not serve', async () => {
    const api = fakeApi({
      getAccess: async () => ({ page: false, export: false, owners: [] }),
    });
    await renderLegacy(api, <EntityAuditTrailContent />);
    expect(await screen.findByText('Source Modified')).toBeInTheDocument();
    expect(api.queryEvents).toHaveBeenCalledWith(
      expect.objectContaining({ entityRef: 'resource:default/orders' }),
    );
    expect(screen.queryByText('Download CSV')).not.toBeInTheDocument();
  });

  it('shows the card', async () => {
    await renderLegacy(fakeApi(), <EntityAuditTrailCard />);
    expect(await screen.findByText(/Last change/)).toBeInTheDocument();
    expect(isAuditTrailAvailable(entity)).toBe(true);
    expect(isAuditTrailAvailable({ ...entity, metadata: { name: 'x' } })).toBe(
      false,
    );
  });

  it.each([true, false])(
    'shows the navigation entry if the page serves: %s',
    async page => {
      const getAccess = jest.fn(async () => ({
        page,
        export: false,
        owners: [],
      }));
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
