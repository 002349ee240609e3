import type { ComponentType } from 'react';
import type { HistogramChartProps } from './HistogramChart';

/** The chart, which draws a histogram. */
export type Chart = ComponentType<HistogramChartProps>;

let loaded: Chart | undefined;

/** Brings the chart and its library, which nothing else needs. */
export async function loadChart(): Promise<Chart> {
  loaded = (await import('./HistogramChart')).HistogramChart;
  return loaded;
}

/** The chart, if it has been brought. */
export const loadedChart = (): Chart | undefined => loaded;
