/** The table of events, and the lines above and below it. */
export const table = {
  'table.label': 'Audit events',
  'table.when': 'When',
  'table.event': 'Event',
  'table.actor': 'Actor',
  'table.resource': 'Resource',
  'table.via': 'Via',
  'table.newestFirst': 'Newest first',
  'table.oldestFirst': 'Oldest first',

  'narrow.only': 'Only this',
  'narrow.not': 'Not this',
  'narrow.onlyLabel': 'Only {{label}}',
  'narrow.notLabel': 'Not {{label}}',

  'trail.loading': 'Loading events',
  'trail.before': 'Before: {{events}}',
  'trail.loadFailed': 'The events could not be loaded',
  'trail.linkProblem':
    "A part of the link's filter could not be read and is left out: {{problem}}",

  'paging.label': 'Pages',
  'paging.size': 'Events a page',
  'paging.newer': 'Newer',
  'paging.older': 'Older',
} as const;
