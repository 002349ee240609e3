/** Where the trail is sent. */
export const forwarding = {
  'destination.list': 'Destinations',
  'destination.loading': 'Loading destinations',
  'destination.loadFailed': 'The destinations could not be loaded',
  'destination.outdated':
    'The destinations could not be loaded; these are as they were at {{time}}',
  'destination.summary_one': '{{count, number}} destination: {{parts}}',
  'destination.summary_other': '{{count, number}} destinations: {{parts}}',

  'destination.state.off': 'Off',
  'destination.state.paused': 'Paused',
  'destination.state.gone': 'Gone',
  'destination.state.failing': 'Failing',
  'destination.state.falling-behind': 'Falling behind',
  'destination.state.quiet': 'Quiet',
  'destination.state.working': 'Working',
  // The same within a sentence.
  'destination.stateWord.off': 'off',
  'destination.stateWord.paused': 'paused',
  'destination.stateWord.gone': 'gone',
  'destination.stateWord.failing': 'failing',
  'destination.stateWord.falling-behind': 'falling behind',
  'destination.stateWord.quiet': 'quiet',
  'destination.stateWord.working': 'working',
  'destination.type.notifications': 'Notifications',
  'destination.type.segment-source': 'Segment source',
  'destination.type.slack': 'Slack',
  'destination.type.webhook': 'Webhook',

  'destination.nothingWaits': 'nothing waits',
  'destination.oneWaits': '1 event waits, for {{duration}}',
  'destination.wait': '{{events}} wait, the longest for {{duration}}',
  'destination.retryAt': 'It is tried again at {{time}}, in {{duration}}.',
  'destination.retrying': 'It is being tried again.',
  'destination.callFailed': 'A call failed {{time}}.',
  'destination.gone':
    'It wants no more events, so nothing is sent there. What comes is kept until it is switched on again.',
  'destination.goneOff':
    'It wants no more events, so nothing is sent there, and nothing is kept for it.',
  'destination.pausedWaiting': 'They are sent when it is resumed.',
  'destination.paused':
    'Nothing waits. What comes is kept until it is resumed.',
  'destination.quiet':
    'Nothing was to be sent for a day, unlike in the week before. Does the filter leave it out, or is it no longer reported?',
  'destination.off': 'Nothing is sent there, and nothing is kept for it.',
  'destination.failedCalls_one': '{{count, number}} call failed',
  'destination.failedCalls_other': '{{count, number}} calls failed',

  'destination.deliveredIn24h': 'Delivered in 24 hours',
  'destination.lastSuccess': 'Last success',
  'destination.noneYet': 'none yet',
  'destination.waiting': 'Waiting',
  'destination.waitingFor': 'for {{duration}}',
  'destination.delivered': '{{number}} delivered',
  'destination.deliveredLabel': 'In 24 hours {{delivered}}',
  'destination.atMost': 'at most {{number}} in an hour',
  'destination.failedIn': '{{failedCalls}}, in {{some}} of the {{all}} hours',
  'destination.hourFrom': 'From {{time}}',

  'destination.sendTo': 'Send events to {{title}}',
  'destination.test': 'Test',
  'destination.testLabel': 'Test {{title}}',
  'destination.more': 'More about {{title}}',
  'destination.changeFailed': '{{title}} could not be changed: {{reason}}',
  'destination.pause': 'Pause',
  'destination.resume': 'Resume',
  'destination.editFilter': 'Edit filter…',
  'destination.sendEarlier': 'Send earlier events…',
  'destination.switchOff': 'Switch off…',
  'destination.switchOnAgain': 'Switch on again',
  'destination.stepLabel': '{{label}}: {{title}}',
  'destination.backfill':
    'Earlier events since {{from}} are being queued, up to {{reached}} so far.',
  'destination.backfillProgress': 'Earlier events queued',

  'sent.label': 'What is sent',
  'sent.held': 'failed runs held for {{duration}}',
  'sent.everything': 'everything',
  'sent.everythingButViews': 'everything but views of the trail',
  'sent.since': 'since {{time}}',
  'sent.until': 'until {{time}}',
  'sent.more': 'and {{number}} more',

  'deadLetter.count_one': '{{count, number}} dead letter',
  'deadLetter.count_other': '{{count, number}} dead letters',
  'deadLetter.title': 'Dead letters',
  'deadLetter.kept':
    '{{letters}}: given up, and kept until somebody sends them again',
  'deadLetter.no': 'No dead letters',
  'deadLetter.off':
    '{{title}} is switched off. Switch it on to send them again.',
  'deadLetter.show': 'Show',
  'deadLetter.hide': 'Hide',
  'deadLetter.showLabel': 'Show dead letters: {{title}}',
  'deadLetter.hideLabel': 'Hide dead letters: {{title}}',
  'deadLetter.region': 'Dead letters of {{title}}',
  'deadLetter.loading': 'Loading dead letters',
  'deadLetter.loadFailed': 'The dead letters could not be loaded',
  'deadLetter.redriveFailed': 'They could not be sent again: {{reason}}',
  'deadLetter.redriven': '{{events}} on the way again',
  'deadLetter.selected': '{{number}} selected',
  'deadLetter.sendAgain': 'Send {{number}} again',
  'deadLetter.sendAllAgain': 'Send all again',
  'deadLetter.select': 'Select {{name}}',
  'deadLetter.selectAll': 'Select all that are shown',
  'deadLetter.event': 'Event',
  'deadLetter.why': 'Why it was given up',
  'deadLetter.older': 'Show older ones',
  'deadLetter.noneVisible': 'None of them is of an event that you may see.',
  'deadLetter.none':
    'Nothing was given up. What a destination refuses, or does not take for a long time, is kept here with the reason until somebody sends it again.',
  'deadLetter.name': '{{label}} on {{resource}}',
  'deadLetter.noReason': 'No reason was given',
  'deadLetter.notKept': '{{id}}: no longer kept, so it cannot be sent',

  'backfill.title': 'Send earlier events to {{title}}',
  'backfill.send': 'Send',
  'backfill.text':
    'Events from a moment on that its filter chooses are sent as well, oldest first. What was queued for it before is not sent again, nor what was dropped when it was switched off.',
  'backfill.from': 'From, in {{zone}}',
  'backfill.noTime': 'Must be a time from 1970 on',
  'backfill.notPast': 'Must be in the past',
  'backfill.counting': 'Counting the events …',
  'backfill.counted': 'The filter chooses {{events}} from then until now.',
  'backfill.failed': 'It could not be started: {{reason}}',

  'switchOff.title': 'Switch {{title}} off?',
  'switchOff.switchOff': 'Switch off',
  'switchOff.pauseInstead': 'Pause instead',
  'switchOff.drops_one':
    'The event that waits is dropped: it will not be sent when you switch it on again.',
  'switchOff.drops_other':
    'The {{events}} that wait are dropped: they will not be sent when you switch it on again.',
  'switchOff.text':
    'Nothing is sent there from now on, and nothing is kept for it. Dead letters stay.',
  'switchOff.hint':
    'If you only want to hold events back for a while, pause it: then they wait.',
  'switchOff.failed': 'It could not be switched off: {{reason}}',

  'test.again': 'Test again',
  'test.running':
    'Sending an event that says of itself that it is a test. Nothing of the trail is sent.',
  'test.delivered': 'The test event was delivered.',
  'test.notDelivered': 'The test event was not delivered: {{reason}}',
  'test.noReason': 'no reason was given',
  'test.proves': 'What this proves',
  'test.provesNot': 'What it does not prove',
  'test.failed': 'The test could not be started',

  'noDestinations.title': 'No destinations yet',
  'noDestinations.text':
    "The trail can be sent on: to Slack, to a webhook such as that of a SIEM, to the portal's notifications, to a source in Segment. Name a destination in the portal's app-config and restart the backend; what goes there is then chosen here:",
  'noDestinations.note':
    'Addresses and secrets stand in app-config alone, so nobody can have the trail sent elsewhere from this page. docs/forwarding.md of the Audit Trail describes all kinds of destinations.',

  'filterEditor.title': 'What goes to {{title}}',
  'filterEditor.text':
    'Events that happen from now on are sent if they match. What waits already stays as it is.',
  'filterEditor.harmful': 'Harmful activities only',
  'filterEditor.filterFailed': 'The filter could not be saved: {{reason}}',
  'filterEditor.failed': 'It could not be saved: {{reason}}',
  'filterEditor.onlySince': 'Only events since {{from}}',
  'filterEditor.onlyUntil': 'Only events until {{to}}',
  'filterEditor.onlyBetween': 'Only events since {{from}} until {{to}}',
  'filterEditor.atAnyTime': 'At any time',
  'filterEditor.hold': 'Hold failed runs for, in minutes',
  'filterEditor.holdProblem': 'Must be a whole number from 0 to {{most}}',
  'filterEditor.holdHint':
    'If a run of the same thing succeeds meanwhile, the failure is not sent. 0 sends failures at once.',
  'filterEditor.counting': 'Counting the events that match …',
  'filterEditor.counted': 'Of the last 7 days it would have sent {{events}}.',
  'filterEditor.countFailed':
    'How many events match could not be counted: {{reason}}',
} as const;
