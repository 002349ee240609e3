import { TestApiProvider } from '@backstage/frontend-test-utils';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { auditTrailApiRef } from '../api';
import { fakeApi } from '../__testUtils__/fixtures';
import { useNewerEvents } from './useNewerEvents';

const MINUTE = 60_000;
const request = { filter: { types: ['x'] }, cursor: 'c1' };

let visible = true;

function setVisible(next: boolean) {
  visible = next;
  document.dispatchEvent(new Event('visibilitychange'));
}

function watch(api: ReturnType<typeof fakeApi>) {
  return renderHook(
    (props: { request?: typeof request }) => useNewerEvents(props.request),
    {
      initialProps: { request } as { request?: typeof request },
      wrapper: ({ children }: { children: ReactNode }) => (
        <TestApiProvider apis={[[auditTrailApiRef, api]]}>
          {children}
        </TestApiProvider>
      ),
    },
  );
}

const pass = (milliseconds: number) =>
  act(() => jest.advanceTimersByTimeAsync(milliseconds));

describe('useNewerEvents', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    visible = true;
    jest
      .spyOn(document, 'visibilityState', 'get')
      .mockImplementation(() => (visible ? 'visible' : 'hidden'));
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('counts what came to the list, and forgets it with the list', async () => {
    const api = fakeApi();
    api.countNewerEvents.mockResolvedValue({
      totalItems: 14,
      totalItemsCapped: false,
    });
    const { result, rerender } = watch(api);
    expect(api.countNewerEvents).not.toHaveBeenCalled();
    await pass(MINUTE / 2);
    expect(api.countNewerEvents).toHaveBeenCalledWith(request);
    expect(result.current?.totalItems).toBe(14);

    rerender({ request: { ...request, cursor: 'c2' } });
    expect(result.current).toBeUndefined();
    rerender({});
    await pass(60 * MINUTE);
    expect(api.countNewerEvents).toHaveBeenCalledTimes(1);
  });

  it('asks ever more seldom where nothing comes, and where nobody answers', async () => {
    const api = fakeApi();
    api.countNewerEvents.mockRejectedValueOnce(new Error('429'));
    const { result } = watch(api);
    // After 0.5 minutes, then 1, 2, 4 and 5 minutes later.
    for (const [minutes, calls] of [
      [0.5, 1],
      [1, 2],
      [2, 3],
      [4, 4],
      [5, 5],
      [5, 6],
    ]) {
      await pass(minutes * MINUTE);
      expect(api.countNewerEvents).toHaveBeenCalledTimes(calls);
    }
    expect(result.current?.totalItems).toBe(0);
  });

  it('rests while nobody can see the page, and once there are too many to count', async () => {
    const api = fakeApi();
    watch(api);
    act(() => setVisible(false));
    await pass(60 * MINUTE);
    expect(api.countNewerEvents).not.toHaveBeenCalled();
    api.countNewerEvents.mockResolvedValue({
      totalItems: 100,
      totalItemsCapped: true,
    });
    act(() => setVisible(true));
    await pass(0);
    expect(api.countNewerEvents).toHaveBeenCalledTimes(1);
    await pass(60 * MINUTE);
    expect(api.countNewerEvents).toHaveBeenCalledTimes(1);
  });
});
