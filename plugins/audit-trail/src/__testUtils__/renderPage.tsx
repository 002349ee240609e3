import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import type { germanConfig } from './translation';
import { useLocation, useNavigate } from 'react-router-dom';
import { auditTrailApiRef, type AuditTrailApi } from '../api';
import { AuditTrailPage } from '../components/AuditTrailPage';

function Address() {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  return (
    <>
      <output data-testid="address">{pathname + search}</output>
      <button data-testid="back" onClick={() => navigate(-1)}>
        Back
      </button>
    </>
  );
}

/** Where the browser is. */
export const address = () =>
  new URL(screen.getByTestId('address').textContent!, 'http://localhost');

/** The browser's back button. */
export const backButton = () => screen.getByTestId('back');

/** Renders the page at an address. */
export function renderPage(
  api: AuditTrailApi,
  path = '/audit-trail',
  options: { config?: typeof germanConfig } = {},
) {
  return renderInTestApp(
    <>
      <Address />
      <AuditTrailPage />
    </>,
    {
      ...options,
      apis: [[auditTrailApiRef, api]],
      mountPath: '/audit-trail',
      initialRouteEntries: [path],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}

/** What opens the event of the list that has this name. */
export async function eventButton(name: string) {
  const selector = '[data-audit-trail-row] *';
  const label = await screen.findByText(name, { selector });
  return label.closest('button')!;
}
