/**
 * Time ranges that move with the clock, by the word for them in the page's URL,
 * shortest first.
 *
 * @public
 */
export const RELATIVE_TIME_RANGES = ['24h', '7d', '30d', '90d', 'all'] as const;

/**
 * A time range that moves with the clock.
 *
 * @public
 */
export type RelativeTimeRange = (typeof RELATIVE_TIME_RANGES)[number];

/**
 * The time range of a view that names none.
 *
 * @public
 */
export const DEFAULT_TIME_RANGE: RelativeTimeRange = '90d';
