import { renderTestApp } from '@backstage/frontend-test-utils';
import { act, screen, waitFor } from '@testing-library/react';
import type { AuditTrailAccess } from 'backstage-plugin-audit-trail-common';
import auditTrailPlugin from '../..';
import {
  accessOf,
  engineersAccess,
  fakeApi,
} from '../../__testUtils__/fixtures';
import { auditTrailApiRef } from '../../api';

const mockLoaded = jest.fn();
const mockLoadChart = jest.fn(async () => {});
jest.mock('../AuditTrailPage', () => {
  mockLoaded();
  return { AuditTrailPage: () => null, loadChart: () => mockLoadChart() };
});

describe('PageAhead', () => {
  const whenIdle: (() => void)[] = [];

  beforeEach(() => {
    whenIdle.length = 0;
    window.requestIdleCallback = callback =>
      whenIdle.push(() => callback({} as IdleDeadline));
    window.cancelIdleCallback = () => {};
  });

  const renderPortal = (access: AuditTrailAccess) => {
    const getAccess = jest.fn(async () => access);
    renderTestApp({
      features: [auditTrailPlugin],
      apis: [[auditTrailApiRef, fakeApi({ getAccess })]],
      initialRouteEntries: ['/elsewhere'],
    });
    return getAccess;
  };

  it('brings nothing for those whom the page does not serve', async () => {
    const getAccess = renderPortal(engineersAccess);
    await waitFor(() => expect(getAccess).toHaveBeenCalled());
    await act(async () => {});
    expect(whenIdle).toHaveLength(0);
    expect(mockLoaded).not.toHaveBeenCalled();
  });

  it('brings the page once the browser is idle, and shows nothing of it', async () => {
    renderPortal(accessOf());
    await waitFor(() => expect(whenIdle).toHaveLength(1));
    expect(mockLoaded).not.toHaveBeenCalled();
    const text = document.body.textContent;
    await act(async () => whenIdle[0]());
    await waitFor(() => expect(mockLoadChart).toHaveBeenCalledTimes(1));
    expect(mockLoaded).toHaveBeenCalledTimes(1);
    expect(document.body.textContent).toBe(text);
    expect(screen.queryByRole('heading', { name: 'Audit Trail' })).toBeNull();
  });
});
