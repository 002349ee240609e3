import { TestApiProvider } from '@backstage/frontend-test-utils';
import { act, render, screen } from '@testing-library/react';
import { auditTrailApiRef } from '../../api';
import { useAccess } from '../../hooks';
import {
  accessOf,
  engineersAccess,
  fakeApi,
} from '../../__testUtils__/fixtures';
import { NavigationIcon } from './NavigationIcon';

describe('NavigationIcon', () => {
  it('hides its entry until the page serves, and not again when it is mounted anew', async () => {
    const api = fakeApi();
    // As sidebars do it: the icon is another component with each rendering.
    const entry = () => {
      const Icon = () => <NavigationIcon />;
      return (
        <TestApiProvider apis={[[auditTrailApiRef, api]]}>
          <nav>
            <a href="/audit-trail" style={{}}>
              <Icon /> Audit Trail
            </a>
          </nav>
        </TestApiProvider>
      );
    };
    const { rerender } = render(entry());
    expect(screen.getByText('Audit Trail')).not.toBeVisible();
    rerender(entry());
    expect(screen.getByText('Audit Trail')).not.toBeVisible();

    await act(async () => {});
    expect(screen.getByText('Audit Trail')).toBeVisible();
    rerender(entry());
    expect(screen.getByText('Audit Trail')).toBeVisible();
    await act(async () => {});
  });

  it('stays hidden when the question fails', async () => {
    const api = fakeApi({
      getAccess: async () => {
        throw new Error('connection lost');
      },
    });
    render(
      <TestApiProvider apis={[[auditTrailApiRef, api]]}>
        <nav>
          <a href="/audit-trail">
            <NavigationIcon /> Audit Trail
          </a>
        </nav>
      </TestApiProvider>,
    );
    await act(async () => {});
    expect(screen.getByText('Audit Trail')).not.toBeVisible();
  });

  it('shows itself once another one that asked has the answer', async () => {
    const getAccess = jest
      .fn()
      .mockRejectedValueOnce(new Error('connection lost'))
      .mockResolvedValue(accessOf());
    const api = fakeApi({ getAccess });
    const Page = () => {
      const { error, retry } = useAccess();
      return error ? <button onClick={retry}>Retry</button> : <>fine</>;
    };
    const tree = (page: boolean) => (
      <TestApiProvider apis={[[auditTrailApiRef, api]]}>
        <nav>
          <a href="/audit-trail">
            <NavigationIcon /> Audit Trail
          </a>
        </nav>
        {page && <Page />}
      </TestApiProvider>
    );
    const { rerender } = render(tree(false));
    await act(async () => {});
    expect(screen.getByText('Audit Trail')).not.toBeVisible();
    rerender(tree(true));
    await act(async () => {});
    expect(screen.getByText('fine')).toBeInTheDocument();
    expect(screen.getByText('Audit Trail')).toBeVisible();
  });

  it('is nothing but an icon outside of a navigation', async () => {
    const api = fakeApi({
      getAccess: async () => engineersAccess,
    });
    render(
      <TestApiProvider apis={[[auditTrailApiRef, api]]}>
        <a href="/audit-trail">
          <NavigationIcon /> Audit Trail
        </a>
      </TestApiProvider>,
    );
    await act(async () => {});
    expect(screen.getByText('Audit Trail')).toBeVisible();
  });
});
