/** The table of events, and the lines above and below it. */
export const table = {
  'paging.label': 'Pages',
  'paging.size': 'Events a page',
  'paging.newer': 'Newer',
  'paging.older': 'Older',
} as const;
