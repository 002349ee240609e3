import { useEffect, useState } from 'react';
import { useAction } from '../../hooks';
import { loadChart, loadedChart, type Chart } from './loadChart';

/**
 * The chart, from when on it is wanted. Not by `lazy`: for a chart that is
 * there already React would first show what stands in for it, and one that
 * could not be loaded would take the page with it, until it is loaded anew.
 */
export function useChart(wanted: boolean): {
  Chart?: Chart;
  error?: Error;
  retry(): void;
} {
  // A function is a component here, not a way to a state.
  const [Chart, setChart] = useState<Chart | undefined>(() => loadedChart());
  const { error, run } = useAction(async () => {
    const chart = await loadChart();
    setChart(() => chart);
  });
  const missing = wanted && !Chart;
  useEffect(() => {
    if (missing) {
      run();
    }
  }, [missing, run]);
  return { Chart, error, retry: run };
}
