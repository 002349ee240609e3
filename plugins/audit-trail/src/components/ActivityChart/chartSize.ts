/** Sizes of the chart, in pixels. */
export const CHART = {
  height: 176,
  /** Left of the bars, for numbers. */
  axisWidth: 44,
  /** Below the bars, for marks of what is harmful and for times. */
  axisHeight: 36,
  right: 8,
  top: 8,
} as const;

/** What one time on the axis needs. */
export const TICK_WIDTH = 64;
