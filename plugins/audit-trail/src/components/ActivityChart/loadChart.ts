import { lazy, type ComponentType } from 'react';
import type { HistogramChartProps } from './HistogramChart';

let loaded: ComponentType<HistogramChartProps> | undefined;

/** Brings the chart and its library, which nothing else needs. */
export async function loadChart(): Promise<void> {
  loaded = (await import('./HistogramChart')).HistogramChart;
}

const LazyChart = lazy(async () => {
  await loadChart();
  return { default: loaded! };
});

/**
 * The chart. Only one that is not there yet is waited for: even for one that is,
 * React would show what stands in for it, and then all else that changes first.
 */
export function chartComponent(): ComponentType<HistogramChartProps> {
  return loaded ?? LazyChart;
}
