import type { forwarding as english } from '../en/forwarding';
import type { Translated } from '../Translated';

/** Where the trail is sent. */
export const forwarding: Translated<typeof english> = {
  'destination.list': 'Ziele',
  'destination.loading': 'Ziele werden geladen',
  'destination.loadFailed': 'Die Ziele konnten nicht geladen werden',
  'destination.outdated':
    'Die Ziele konnten nicht geladen werden; gezeigt ist der Stand von {{time}}',
  'destination.summary_one': '{{count, number}} Ziel: {{parts}}',
  'destination.summary_other': '{{count, number}} Ziele: {{parts}}',

  'destination.state.off': 'Aus',
  'destination.state.paused': 'Angehalten',
  'destination.state.gone': 'Erloschen',
  'destination.state.failing': 'Gestört',
  'destination.state.falling-behind': 'Im Rückstand',
  'destination.state.quiet': 'Still',
  'destination.state.working': 'In Ordnung',
  'destination.stateWord.off': 'aus',
  'destination.stateWord.paused': 'angehalten',
  'destination.stateWord.gone': 'erloschen',
  'destination.stateWord.failing': 'gestört',
  'destination.stateWord.falling-behind': 'im Rückstand',
  'destination.stateWord.quiet': 'still',
  'destination.stateWord.working': 'in Ordnung',
  'destination.type.notifications': 'Benachrichtigungen',
  'destination.type.segment-source': 'Segment-Quelle',
  'destination.type.slack': 'Slack',
  'destination.type.webhook': 'Webhook',

  'destination.nothingWaits': 'nichts wartet',
  'destination.oneWaits': '1 Ereignis wartet, seit {{duration}}',
  'destination.wait': '{{events}} warten, das älteste seit {{duration}}',
  'destination.retryAt':
    'Um {{time}} wird es wieder versucht, in {{duration}}.',
  'destination.retrying': 'Es wird gerade wieder versucht.',
  'destination.callFailed': 'Ein Aufruf schlug fehl, {{time}}.',
  'destination.gone':
    'Es will keine Ereignisse mehr, daher wird nichts gesendet. Was kommt, wird aufbewahrt, bis es wieder eingeschaltet wird.',
  'destination.goneOff':
    'Es will keine Ereignisse mehr, daher wird nichts gesendet und nichts aufbewahrt.',
  'destination.pausedWaiting': 'Sie werden gesendet, wenn es weitergeht.',
  'destination.paused':
    'Nichts wartet. Was kommt, wird aufbewahrt, bis es weitergeht.',
  'destination.quiet':
    'Seit einem Tag war nichts zu senden, anders als in der Woche davor. Lässt der Filter es weg, oder wird es nicht mehr gemeldet?',
  'destination.off': 'Nichts wird gesendet und nichts aufbewahrt.',
  'destination.failedCalls_one': '{{count, number}} Aufruf fehlgeschlagen',
  'destination.failedCalls_other': '{{count, number}} Aufrufe fehlgeschlagen',

  'destination.deliveredIn24h': 'In 24 Stunden zugestellt',
  'destination.lastSuccess': 'Letzter Erfolg',
  'destination.noneYet': 'noch keiner',
  'destination.waiting': 'Wartend',
  'destination.waitingFor': 'seit {{duration}}',
  'destination.delivered': '{{number}} zugestellt',
  'destination.deliveredLabel': 'In 24 Stunden {{delivered}}',
  'destination.atMost': 'höchstens {{number}} in einer Stunde',
  'destination.failedIn': '{{failedCalls}}, in {{some}} der {{all}} Stunden',
  'destination.hourFrom': 'Ab {{time}}',

  'destination.sendTo': 'Ereignisse an {{title}} senden',
  'destination.test': 'Testen',
  'destination.testLabel': '{{title}} testen',
  'destination.more': 'Mehr zu {{title}}',
  'destination.changeFailed':
    '{{title}} konnte nicht geändert werden: {{reason}}',
  'destination.pause': 'Anhalten',
  'destination.resume': 'Fortsetzen',
  'destination.editFilter': 'Filter bearbeiten…',
  'destination.sendEarlier': 'Frühere Ereignisse senden…',
  'destination.switchOff': 'Ausschalten…',
  'destination.switchOnAgain': 'Wieder einschalten',
  'destination.stepLabel': '{{label}}: {{title}}',
  'destination.backfill':
    'Frühere Ereignisse seit {{from}} werden eingereiht, bisher bis {{reached}}.',
  'destination.backfillProgress': 'Frühere Ereignisse eingereiht',

  'sent.label': 'Was gesendet wird',
  'sent.held': 'fehlgeschlagene Läufe {{duration}} zurückgehalten',
  'sent.everything': 'alles',
  'sent.everythingButViews': 'alles außer Aufrufen des Audit Trail',
  'sent.since': 'seit {{time}}',
  'sent.until': 'bis {{time}}',
  'sent.more': 'und {{number}} weitere',

  'deadLetter.count_one': '{{count, number}} unzustellbares Ereignis',
  'deadLetter.count_other': '{{count, number}} unzustellbare Ereignisse',
  'deadLetter.title': 'Unzustellbare Ereignisse',
  'deadLetter.kept':
    '{{letters}}: aufgegeben und aufbewahrt, bis jemand sie erneut sendet',
  'deadLetter.no': 'Nichts Unzustellbares',
  'deadLetter.off':
    '{{title}} ist ausgeschaltet. Um sie erneut zu senden, zuerst einschalten.',
  'deadLetter.show': 'Zeigen',
  'deadLetter.hide': 'Verbergen',
  'deadLetter.showLabel': 'Unzustellbare Ereignisse zeigen: {{title}}',
  'deadLetter.hideLabel': 'Unzustellbare Ereignisse verbergen: {{title}}',
  'deadLetter.region': 'Unzustellbare Ereignisse von {{title}}',
  'deadLetter.loading': 'Unzustellbare Ereignisse werden geladen',
  'deadLetter.loadFailed':
    'Die unzustellbaren Ereignisse konnten nicht geladen werden',
  'deadLetter.redriveFailed':
    'Sie konnten nicht erneut gesendet werden: {{reason}}',
  'deadLetter.redriven': '{{events}} wieder auf dem Weg',
  'deadLetter.selected': '{{number}} ausgewählt',
  'deadLetter.sendAgain': '{{number}} erneut senden',
  'deadLetter.sendAllAgain': 'Alle erneut senden',
  'deadLetter.select': '{{name}} auswählen',
  'deadLetter.selectAll': 'Alle gezeigten auswählen',
  'deadLetter.event': 'Ereignis',
  'deadLetter.why': 'Warum es aufgegeben wurde',
  'deadLetter.older': 'Ältere zeigen',
  'deadLetter.noneVisible':
    'Keines davon ist ein Ereignis, das Sie sehen dürfen.',
  'deadLetter.none':
    'Nichts wurde aufgegeben. Was ein Ziel ablehnt oder lange nicht annimmt, wird hier mit dem Grund aufbewahrt, bis jemand es erneut sendet.',
  'deadLetter.name': '{{label}} an {{resource}}',
  'deadLetter.noReason': 'Ein Grund wurde nicht genannt',
  'deadLetter.notKept':
    '{{id}}: nicht mehr aufbewahrt, kann daher nicht gesendet werden',

  'backfill.title': 'Frühere Ereignisse an {{title}} senden',
  'backfill.send': 'Senden',
  'backfill.text':
    'Auch Ereignisse ab einem Zeitpunkt werden gesendet, soweit der Filter sie wählt, die ältesten zuerst. Was schon eingereiht war, wird nicht noch einmal gesendet, ebenso wenig, was beim Ausschalten verworfen wurde.',
  'backfill.from': 'Ab, in {{zone}}',
  'backfill.noTime': 'Muss eine Zeit ab 1970 sein',
  'backfill.notPast': 'Muss in der Vergangenheit liegen',
  'backfill.counting': 'Ereignisse werden gezählt …',
  'backfill.counted': 'Der Filter wählt {{events}} von da bis jetzt.',
  'backfill.failed': 'Es konnte nicht begonnen werden: {{reason}}',

  'switchOff.title': '{{title}} ausschalten?',
  'switchOff.switchOff': 'Ausschalten',
  'switchOff.pauseInstead': 'Stattdessen anhalten',
  'switchOff.drops_one':
    'Das wartende Ereignis wird verworfen: es wird nicht gesendet, wenn Sie wieder einschalten.',
  'switchOff.drops_other':
    'Was wartet ({{events}}), wird verworfen: es wird nicht gesendet, wenn Sie wieder einschalten.',
  'switchOff.text':
    'Von nun an wird nichts gesendet und nichts aufbewahrt. Unzustellbare Ereignisse bleiben.',
  'switchOff.hint':
    'Wenn Sie Ereignisse nur eine Weile zurückhalten wollen, halten Sie es an: dann warten sie.',
  'switchOff.failed': 'Es konnte nicht ausgeschaltet werden: {{reason}}',

  'test.again': 'Noch einmal testen',
  'test.running':
    'Ein Ereignis wird gesendet, das sich selbst einen Test nennt. Aus dem Audit Trail wird nichts gesendet.',
  'test.delivered': 'Das Testereignis wurde zugestellt.',
  'test.notDelivered': 'Das Testereignis wurde nicht zugestellt: {{reason}}',
  'test.noReason': 'ein Grund wurde nicht genannt',
  'test.proves': 'Was das beweist',
  'test.provesNot': 'Was es nicht beweist',
  'test.failed': 'Der Test konnte nicht begonnen werden',

  'noDestinations.title': 'Noch keine Ziele',
  'noDestinations.text':
    'Der Audit Trail lässt sich weiterleiten: an Slack, an einen Webhook wie den eines SIEM, an die Benachrichtigungen des Portals, an eine Quelle in Segment. Nennen Sie ein Ziel in der app-config des Portals und starten Sie das Backend neu; was dorthin geht, wird dann hier gewählt:',
  'noDestinations.note':
    'Adressen und Geheimnisse stehen allein in der app-config, daher kann niemand den Audit Trail von dieser Seite aus anderswohin senden lassen. docs/forwarding.md des Audit Trail beschreibt alle Arten von Zielen.',

  'filterEditor.title': 'Was an {{title}} geht',
  'filterEditor.text':
    'Ereignisse von nun an werden gesendet, wenn sie passen. Was schon wartet, bleibt, wie es ist.',
  'filterEditor.harmful': 'Nur kritische Aktivitäten',
  'filterEditor.filterFailed':
    'Der Filter konnte nicht gespeichert werden: {{reason}}',
  'filterEditor.failed': 'Es konnte nicht gespeichert werden: {{reason}}',
  'filterEditor.onlySince': 'Nur Ereignisse seit {{from}}',
  'filterEditor.onlyUntil': 'Nur Ereignisse bis {{to}}',
  'filterEditor.onlyBetween': 'Nur Ereignisse seit {{from}} bis {{to}}',
  'filterEditor.atAnyTime': 'Zu jeder Zeit',
  'filterEditor.hold': 'Fehlgeschlagene Läufe zurückhalten, in Minuten',
  'filterEditor.holdProblem': 'Muss eine ganze Zahl von 0 bis {{most}} sein',
  'filterEditor.holdHint':
    'Gelingt ein Lauf derselben Sache inzwischen, wird der Fehlschlag nicht gesendet. 0 sendet Fehlschläge sofort.',
  'filterEditor.counting': 'Passende Ereignisse werden gezählt …',
  'filterEditor.counted':
    'Aus den letzten 7 Tagen hätte es {{events}} gesendet.',
  'filterEditor.countFailed':
    'Wie viele Ereignisse passen, konnte nicht gezählt werden: {{reason}}',
};
