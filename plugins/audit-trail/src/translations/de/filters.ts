import type { filters as english } from '../en/filters';
import type { Translated } from '../Translated';

/** What the trail is narrowed by. */
export const filters: Translated<typeof english> = {
  'filter.label': 'Ereignisse filtern',
  'filter.fold': 'Filter',
  'filter.search': 'Suchen',
  'filter.searchLabel': 'Den Audit Trail durchsuchen',
  'filter.searchHint':
    'Alle Wörter müssen im Ereignis stehen, eine "Wendung in Anführungszeichen" so, wie sie ist. Die Taste / führt hierher.',
  'filter.searchClear': 'Suche leeren',
  'filter.events': 'Ereignisse',
  'filter.actors': 'Akteure',
  'filter.resources': 'Ressourcen',
  'filter.more': 'Mehr',
  'filter.moreLabel': 'Weitere Filter',
  'filter.outcome': 'Ergebnis',
  'filter.actorType': 'Art des Akteurs',
  'filter.source': 'Quelle',
  'filter.workspace': 'Workspace',
  'filter.harmfulOnly': 'Nur kritische',
  'filter.find': '{{noun}} suchen',
  'filter.noneFound': 'Keine {{noun}} gefunden',
  'filter.nounEvents': 'Ereignisse',
  'filter.nounActors': 'Akteure',
  'filter.nounResources': 'Ressourcen',
  'filter.moreFound':
    'Es gibt mehr; tippen Sie weiter, um die anderen zu finden.',
  'filter.countsFailed':
    'Die Anzahlen konnten nicht geladen werden: {{reason}}',
  'filter.countedIn':
    'Gezählt in den neuesten {{number}} Ereignissen; weitere Werte sind möglich.',

  'chip.group': 'Aktive Filter',
  'chip.remove': '{{label}} entfernen',
  'chip.harmful': 'nur kritische',
  'chip.harmless': 'nur unkritische',
  'chip.not': 'nicht: {{label}}',
  'chip.text': '„{{text}}“',
  'chip.range': 'Zeitraum',
  'chip.viewsNotShown': 'Nicht gezeigt: Aufrufe des Audit Trail',
  'chip.viewsNotSent': 'Nicht gesendet: Aufrufe des Audit Trail',
  'chip.showViews': 'Aufrufe des Audit Trail zeigen',
  'chip.sendViews': 'Aufrufe des Audit Trail senden',

  'range.label': 'Zeitraum',
  'range.24h': 'Letzte 24 Stunden',
  'range.7d': 'Letzte 7 Tage',
  'range.30d': 'Letzte 30 Tage',
  'range.90d': 'Letzte 90 Tage',
  'range.kept': 'Ereignisse werden {{days}} Tage aufbewahrt',
  'range.all': 'Gesamter Zeitraum',
  'range.between': '{{from}} – {{to}}',
  'range.since': 'Seit {{from}}',
  'range.until': 'Bis {{to}}',
  'range.custom': 'Eigener, in {{zone}}',
  'range.from': 'Von',
  'range.to': 'Bis einschließlich',
  'range.noTime': 'Muss eine Zeit von 1970 bis 9999 sein',
  'range.reversed': 'Darf nicht vor „Von“ liegen',
  'range.apply': 'Anwenden',
};
