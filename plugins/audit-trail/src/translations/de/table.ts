import type { table as english } from '../en/table';
import type { Translated } from '../Translated';

/** The table of events, and the lines above and below it. */
export const table: Translated<typeof english> = {
  'table.label': 'Audit-Ereignisse',
  'table.when': 'Wann',
  'table.event': 'Ereignis',
  'table.actor': 'Akteur',
  'table.resource': 'Ressource',
  'table.workspace': 'Workspace',
  'table.outcome': 'Ergebnis',
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

  'settings.label': 'Spalten und Zeilen',
  'settings.dense': 'Enge Zeilen',
  'settings.columns': 'Spalten',

  'keys.label': 'Tastatur',
  'keys.search': 'suchen',
  'keys.rows': 'von Zeile zu Zeile',
  'keys.ends': 'erste und letzte Zeile',
  'keys.open': 'das Ereignis öffnen',
  'keys.close': 'es schließen',
  'keys.help': 'diese Hilfe',

  'newEvents.show_one': '{{count, number}} neues Ereignis: zeigen',
  'newEvents.show_other': '{{count, number}} neue Ereignisse: zeigen',
  'newEvents.more_one': 'Mehr als {{count, number}} neues Ereignis: zeigen',
  'newEvents.more_other': 'Mehr als {{count, number}} neue Ereignisse: zeigen',

  'paging.label': 'Seiten',
  'paging.size': 'Ereignisse je Seite',
  'paging.newer': 'Neuere',
  'paging.older': 'Ältere',
};
