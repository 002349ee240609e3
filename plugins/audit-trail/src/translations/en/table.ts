/** The table of events, and the lines above and below it. */
export const table = {
  'table.label': 'Audit events',
  'table.when': 'When',
  'table.event': 'Event',
  'table.actor': 'Actor',
  'table.resource': 'Resource',
  'table.workspace': 'Workspace',
  'table.outcome': 'Outcome',
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

  'settings.label': 'Columns and rows',
  'settings.dense': 'Dense rows',
  'settings.columns': 'Columns',

  'keys.label': 'Keyboard',
  'keys.search': 'search',
  'keys.rows': 'from row to row',
  'keys.ends': 'first and last row',
  'keys.open': 'open the event',
  'keys.close': 'close it',
  'keys.help': 'this help',

  'newEvents.show_one': '{{count, number}} new event: show',
  'newEvents.show_other': '{{count, number}} new events: show',
  'newEvents.more_one': 'More than {{count, number}} new event: show',
  'newEvents.more_other': 'More than {{count, number}} new events: show',

  'paging.label': 'Pages',
  'paging.size': 'Events a page',
  'paging.newer': 'Newer',
  'paging.older': 'Older',
} as const;
