import type { table as english } from '../en/table';
import type { Translated } from '../Translated';

/** The table of events, and the lines above and below it. */
export const table: Translated<typeof english> = {
  'paging.label': 'Seiten',
  'paging.size': 'Ereignisse je Seite',
  'paging.newer': 'Neuere',
  'paging.older': 'Ältere',
};
