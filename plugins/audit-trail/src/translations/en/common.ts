/** Words and formats that are used all over. */
export const common = {
  /** The language that numbers and times are written in. */
  locale: 'en',

  'common.cancel': 'Cancel',
  'common.close': 'Close',
  'common.loading': 'Loading …',
  'common.refresh': 'Refresh',
  'common.retry': 'Retry',

  'timeZone.label': 'Time zone',
  'timeZone.local': 'Local',
  'timeZone.utc': 'UTC',
} as const;
