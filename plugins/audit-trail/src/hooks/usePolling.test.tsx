import { act, renderHook } from '@testing-library/react';
import { usePolling } from './usePolling';

let visible = true;

function setVisible(next: boolean) {
  visible = next;
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('usePolling', () => {
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

  it('works at once and again, some time after it was done last', async () => {
    let finish = () => {};
    const work = jest.fn(
      () => new Promise<void>(resolve => (finish = resolve)),
    );
    renderHook(() => usePolling(work, 5_000));
    expect(work).toHaveBeenCalledTimes(1);

    await act(() => jest.advanceTimersByTimeAsync(60_000));
    expect(work).toHaveBeenCalledTimes(1);

    await act(async () => finish());
    await act(() => jest.advanceTimersByTimeAsync(4_999));
    expect(work).toHaveBeenCalledTimes(1);
    await act(() => jest.advanceTimersByTimeAsync(1));
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('rests while nobody can see the page, and goes on when somebody can', async () => {
    const work = jest.fn(async () => {});
    const { unmount } = renderHook(() => usePolling(work, 5_000));
    await act(() => jest.advanceTimersByTimeAsync(5_000));
    expect(work).toHaveBeenCalledTimes(2);

    act(() => setVisible(false));
    await act(() => jest.advanceTimersByTimeAsync(600_000));
    expect(work).toHaveBeenCalledTimes(2);

    await act(async () => setVisible(true));
    expect(work).toHaveBeenCalledTimes(3);
    await act(() => jest.advanceTimersByTimeAsync(5_000));
    expect(work).toHaveBeenCalledTimes(4);

    unmount();
    await act(() => jest.advanceTimersByTimeAsync(600_000));
    setVisible(true);
    expect(work).toHaveBeenCalledTimes(4);
  });

  it('does nothing without an interval', () => {
    const work = jest.fn(async () => {});
    renderHook(() => usePolling(work, undefined));
    expect(work).not.toHaveBeenCalled();
  });
});
