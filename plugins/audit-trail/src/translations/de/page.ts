import type { page as english } from '../en/page';
import type { Translated } from '../Translated';

/** The page, the card and the tab of an entity, and why there is nothing to see. */
export const page: Translated<typeof english> = {
  'page.title': 'Audit Trail',
  'page.activity': 'Aktivität',
  'page.forwarding': 'Weiterleitung',
  'page.accessFailed': 'Ob Sie Zugriff haben, ließ sich nicht feststellen',
  'page.linkNotYours':
    'Das Ereignis des Links betrifft etwas, das Ihnen nicht gehört, oder es gibt es nicht.',
  'page.linkFailed': 'Das Ereignis des Links konnte nicht geladen werden',

  'noAccess.title': 'Sie haben keinen Zugriff auf den Audit Trail',
  'noAccess.notAnOwner':
    'Der Audit Trail zeigt alles, was geschehen ist, und öffnet sich daher nur seinen Ownern.',
  'noAccess.deniedByPolicy':
    'Die Berechtigungsrichtlinie dieses Portals lässt Sie den Audit Trail nicht öffnen.',
  'noAccess.noOwnersTitle': 'Der Audit Trail hat noch keine Owner',
  'noAccess.noOwners':
    'Nur Owner sehen diese Seite, und es sind keine konfiguriert. Nennen Sie die Gruppen oder Benutzer in der app-config des Portals und starten Sie das Backend neu:',
  'noAccess.ask': 'Zugriff geben: {{owners}}',
  'noAccess.entityHint':
    'Was mit einer Entität geschah, die Ihnen gehört, steht auf ihrer Seite im Reiter Audit Trail.',
  'noAccess.entityTitle': 'Sie haben keinen Zugriff auf diesen Audit Trail',
  'noAccess.entityDenied':
    'Die Berechtigungsrichtlinie dieses Portals lässt Sie nicht sehen, was mit {{name}} geschah.',
  'noAccess.entityNotOwned':
    'Was mit {{name}} geschah, sehen die Eigentümer und die Owner des Audit Trail.',
  'noAccess.entityOwner': 'Eigentümer, die Sie fragen können: {{owners}}',
  'noAccess.trailOwners': 'Die Owner des Audit Trail: {{owners}}',
  'noAccess.forwardingTitle': 'Sie haben keinen Zugriff auf die Weiterleitung',
  'noAccess.forwarding':
    'Wohin der Audit Trail gesendet wird, sehen seine Owner. Die Berechtigungsrichtlinie dieses Portals gibt Ihnen {{permission}} nicht.',

  'empty.entityTitle': 'Keine Änderungen aufgezeichnet',
  'empty.entity':
    'Was von nun an mit dieser Entität geschieht, wird hier stehen, für ihre Eigentümer und die Owner des Audit Trail.',
  'empty.title': 'Noch keine Ereignisse',
  'empty.connect':
    'Um die Audit-Ereignisse von Segment zu erhalten, wählen Sie ein Geheimnis, setzen es in der app-config des Portals und geben es einer Webhooks-Destination in Segment, die an {{path}} sendet:',
  'empty.others':
    'Was davor war, wird aus der Public API von Segment gelesen, mit einem Token in {{workspaces}}. Was die Plugins des Portals selbst tun, kommt mit einer Zeile in seinem Backend hinzu: {{auditor}}.',
  'empty.notFoundTitle': 'Keine Ereignisse gefunden',
  'empty.allTime': 'Gesamter Zeitraum',
  'empty.withViews': 'Mit Aufrufen des Audit Trail',
  'empty.without': 'Ohne {{label}}',
  'empty.way': '{{way}}: {{events}}',
  'empty.dropOne': 'Nichts passt zu allen Filtern. Lassen Sie einen weg:',
  'empty.noWay': 'Nichts passt zu diesen Filtern, welchen man auch weglässt.',
  'empty.lookupFailed':
    'Was es sonst gibt, ließ sich nicht feststellen: {{reason}}',

  'coverage.completeSince': 'Vollständig seit {{since}}',
  'coverage.noGaps': '{{complete}}, keine Lücken',
  'coverage.gap': 'Lücke {{from}} bis {{to}}',
  'coverage.gapFilling': 'Lücke {{from}} bis {{to}} wird gefüllt',
  'coverage.gapBecause': 'Lücke {{from}} bis {{to}}: {{reason}}',
  'coverage.moreGaps_one': '{{count, number}} weitere Lücke',
  'coverage.moreGaps_other': '{{count, number}} weitere Lücken',
  'coverage.readUpTo': 'gelesen bis {{time}}',
  'coverage.readUpToBecause': 'gelesen bis {{time}}: {{reason}}',
  'coverage.firstReading': 'Segment wird zum ersten Mal gelesen',
  'coverage.neverRead': 'Noch konnte nichts gelesen werden: {{reason}}',
  'coverage.ofSource': '{{source}}: {{line}}',
  'coverage.reason.not-read-yet': 'noch nicht gelesen',
  'coverage.reason.unauthorized': 'das Token wird nicht angenommen',
  'coverage.reason.rate-limited': 'Segment bittet zu warten',
  'coverage.reason.unavailable': 'Segment antwortet nicht',
  'coverage.reason.not-understood': 'die Antwort wurde nicht verstanden',
  'coverage.reason.failed':
    'das Lesen schlug fehl, das Log des Backends sagt warum',
  'coverage.reason.unreadable-events':
    'einige Ereignisse ließen sich nicht speichern',
  'coverage.reason.out-of-reach': 'so weit zurück gibt Segment nichts an',

  'card.loading': 'Änderungen werden geladen',
  'card.loadFailed': 'Die letzten Änderungen konnten nicht geladen werden',
  'card.none': 'Keine Änderungen in den letzten {{days}} Tagen aufgezeichnet',
  'card.noneAndComplete':
    'Keine Änderungen in den letzten {{days}} Tagen, vollständig seit {{since}}',
  'card.lastChange': 'Letzte Änderung {{time}}: {{label}} durch {{actor}}',
  'card.lastChangeItself':
    'Letzte Änderung {{time}}: {{label}} durch {{actor}}',
  'card.lastChangeFailed':
    'Letzter Versuch {{time}}: {{label}} durch {{actor}}, fehlgeschlagen',
  'card.viewAll': 'Alle ansehen',
};
