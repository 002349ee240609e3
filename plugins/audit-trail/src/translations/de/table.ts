import type { table as english } from '../en/table';
import type { Translated } from '../Translated';

/** The table of events, and the lines above and below it. */
export const table: Translated<typeof english> = {
  'table.label': 'Audit-Ereignisse',
  'table.when': 'Wann',
  'table.event': 'Ereignis',
  'table.actor': 'Akteur',
  'table.resource': 'Ressource',
  'table.via': 'Über',
  'table.newestFirst': 'Neueste zuerst',
  'table.oldestFirst': 'Älteste zuerst',

  'narrow.only': 'Nur dies',
  'narrow.not': 'Nicht dies',
  'narrow.onlyLabel': 'Nur {{label}}',
  'narrow.notLabel': 'Nicht {{label}}',

  'trail.loading': 'Ereignisse werden geladen',
  'trail.before': 'Zuvor: {{events}}',
  'trail.loadFailed': 'Die Ereignisse konnten nicht geladen werden',
  'trail.linkProblem':
    'Ein Teil des Filters im Link war nicht lesbar und bleibt weg: {{problem}}',

  'paging.label': 'Seiten',
  'paging.size': 'Ereignisse je Seite',
  'paging.newer': 'Neuere',
  'paging.older': 'Ältere',
};
