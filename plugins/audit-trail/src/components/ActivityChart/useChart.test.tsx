import { act, renderHook, waitFor } from '@testing-library/react';
import { loadChart } from './loadChart';
import { useChart } from './useChart';

jest.mock('./loadChart', () => ({
  loadChart: jest.fn(),
  loadedChart: () => undefined,
}));

const mockLoadChart = loadChart as jest.Mock;
const TheChart = () => null;

describe('useChart', () => {
  beforeEach(() => mockLoadChart.mockReset());

  it('brings the chart once it is wanted, and once', async () => {
    mockLoadChart.mockResolvedValue(TheChart);
    const { result, rerender } = renderHook(useChart, { initialProps: false });
    expect(mockLoadChart).not.toHaveBeenCalled();
    rerender(true);
    await waitFor(() => expect(result.current.Chart).toBe(TheChart));
    rerender(false);
    rerender(true);
    expect(mockLoadChart).toHaveBeenCalledTimes(1);
  });

  it('tells that it could not be loaded, and loads it again on demand', async () => {
    mockLoadChart.mockRejectedValueOnce(new Error('Loading chunk 7 failed'));
    const { result } = renderHook(() => useChart(true));
    await waitFor(() =>
      expect(result.current.error?.message).toBe('Loading chunk 7 failed'),
    );
    expect(mockLoadChart).toHaveBeenCalledTimes(1);
    mockLoadChart.mockResolvedValue(TheChart);
    await act(async () => result.current.retry());
    await waitFor(() => expect(result.current.Chart).toBe(TheChart));
    expect(result.current.error).toBeUndefined();
  });
});
