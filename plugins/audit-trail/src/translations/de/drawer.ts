import type { drawer as english } from '../en/drawer';
import type { Translated } from '../Translated';

/** All about one event. */
export const drawer: Translated<typeof english> = {
  'drawer.title': 'Audit-Ereignis',
  'drawer.harmful': 'kritisch',
  'drawer.missing':
    'Dieses Ereignis gibt es nicht, oder Sie dürfen es nicht sehen.',
  'drawer.loadFailed': 'Das Ereignis konnte nicht geladen werden',
  'drawer.openEntity': 'Im Katalog öffnen',
  'drawer.openInSegment': 'In Segment öffnen',
  'drawer.copyLink': 'Link kopieren',
  'drawer.copyJson': 'JSON kopieren',
  'drawer.copied': 'Kopiert',
  'drawer.copyYourself': 'Von Ihnen zu kopieren',
  'drawer.copyHint':
    'Der Browser lässt diese Seite nicht kopieren. Drücken Sie Strg+C oder ⌘C.',
  'drawer.previous': 'Voriges Ereignis',
  'drawer.next': 'Nächstes Ereignis',
  'drawer.first': 'Das ist das erste Ereignis der Liste',
  'drawer.last': 'Das ist das letzte Ereignis der Liste',
  'drawer.notListed':
    'Dieses Ereignis steht nicht auf der gezeigten Seite der Liste',

  'drawer.who': 'Wer',
  'drawer.what': 'Was',
  'drawer.inTheWordsOf': '„{{name}}“ in den Worten von {{source}}',
  'drawer.category': 'Bereich',
  'drawer.verb': 'Verb',
  'drawer.outcome': 'Ergebnis',
  'drawer.where': 'Wo',
  'drawer.workspace': 'Workspace',
  'drawer.belongsTo': 'gehört zu',
  'drawer.id': 'ID {{id}}',
  'drawer.changes': 'Änderungen',
  'drawer.change': 'Änderung',
  'drawer.added': 'Hinzugefügt',
  'drawer.removed': 'Entfernt',
  'drawer.changed': 'Geändert',
  'drawer.path': 'Pfad',
  'drawer.valueBefore': 'Vorher',
  'drawer.valueAfter': 'Nachher',
  'drawer.arrived': 'Eingang',
  'drawer.arrivedBy': '{{source}}, über {{intakes}}',
  'drawer.and': ' und ',
  'drawer.recorded': 'aufgezeichnet {{time}}',
  'drawer.severity': 'Schweregrad',
  'drawer.correlation': 'Korrelation',
  'drawer.eventId': 'Ereignis-ID',
  'drawer.details': 'Einzelheiten',

  'sentence.failed':
    '{{label}} an {{resource}} durch {{actor}} ist fehlgeschlagen',
  'sentence.initiated':
    '{{label}} an {{resource}} wurde von {{actor}} begonnen',
  'sentence.itself': '{{label}}: {{resource}}, durch {{actor}}',
  'sentence.other': '{{label}} an {{resource}}, durch {{actor}}',

  'related.label': 'Rundherum',
  'related.resource': '{{events}} an {{name}} in den Stunden davor und danach',
  'related.resourceNone':
    'nichts anderes an {{name}} in den Stunden davor und danach',
  'related.actor': '{{events}} durch {{name}} in den Stunden davor und danach',
  'related.actorNone':
    'nichts anderes durch {{name}} in den Stunden davor und danach',

  'delivery.label': 'Zugestellt',
  'delivery.list': 'Zustellungen',
  'delivery.none':
    'an kein Ziel: kein Filter hat es gewählt, als es aufgezeichnet wurde',
  'delivery.loadFailed':
    'Wohin es gesendet wurde, konnte nicht geladen werden: {{reason}}',
  'delivery.pending': 'wartet',
  'delivery.pendingUntil': 'wartet bis {{time}}',
  'delivery.delivered': 'zugestellt {{time}}',
  'delivery.dead': 'aufgegeben {{time}}',
  'delivery.skipped': 'nicht gesendet {{time}}',
  'delivery.refused': 'abgelehnt, daher nicht wiederholt',
  'delivery.after': 'nach {{failedCalls}}',
  'delivery.tried_one': 'einmal versucht',
  'delivery.tried_other': '{{count, number}}-mal versucht',
  'delivery.asDestinationIs': ', denn das Ziel ist {{state}}',
};
