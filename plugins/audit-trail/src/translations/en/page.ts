/** The page, the card and the tab of an entity, and why there is nothing to see. */
export const page = {
  'page.title': 'Audit Trail',
  'page.activity': 'Activity',
  'page.forwarding': 'Forwarding',
  'page.accessFailed': 'Whether you have access could not be found out',
  'page.linkNotYours':
    'The event of the link happened to something that you do not own, or does not exist.',
  'page.linkFailed': 'The event of the link could not be loaded',

  'noAccess.title': 'You have no access to the Audit Trail',
  'noAccess.notAnOwner':
    'The Audit Trail shows everything that happened, so it opens for its Owners only.',
  'noAccess.deniedByPolicy':
    "This portal's permission policy does not let you open the Audit Trail.",
  'noAccess.noOwnersTitle': 'The Audit Trail has no Owners yet',
  'noAccess.noOwners':
    "Only Owners see this page, and none are configured. Name the groups or users in the portal's app-config and restart the backend:",
  'noAccess.ask': 'To get access, ask: {{owners}}',
  'noAccess.entityHint':
    "What happened to an entity that you own stands on the Audit Trail tab of that entity's page.",
  'noAccess.entityTitle': 'You have no access to this Audit Trail',
  'noAccess.entityDenied':
    "This portal's permission policy does not let you see what happened to {{name}}.",
  'noAccess.entityNotOwned':
    'What happened to {{name}} is shown to those who own it and to the Owners of the Audit Trail.',
  'noAccess.entityOwner': 'Its owner, whom you can ask: {{owners}}',
  'noAccess.trailOwners': 'The Owners of the Audit Trail: {{owners}}',
  'noAccess.forwardingTitle': 'You have no access to Forwarding',
  'noAccess.forwarding':
    "Where the trail is sent is shown to its Owners. This portal's permission policy does not give you {{permission}}.",

  'empty.entityTitle': 'No changes recorded',
  'empty.entity':
    'What happens to this entity from now on will stand here, for its owners and the Owners of the Audit Trail.',
  'empty.title': 'No events yet',
  'empty.connect':
    "To receive the audit events of Segment, choose a secret, set it in the portal's app-config, and give it to a Webhooks destination in Segment that sends to {{path}}:",
  'empty.others':
    "What was before that is read from Segment's Public API, with a token in {{workspaces}}. What the portal's own plugins do comes in with one line in its backend: {{auditor}}.",
  'empty.notFoundTitle': 'No events found',
  'empty.allTime': 'All time',
  'empty.withViews': 'With views of the trail',
  'empty.without': 'Without {{label}}',
  'empty.way': '{{way}}: {{events}}',
  'empty.dropOne': 'Nothing matches all filters. Drop one of them:',
  'empty.noWay':
    'Nothing matches these filters, whichever one of them is dropped.',
  'empty.lookupFailed': 'What else there is could not be looked up: {{reason}}',

  'coverage.completeSince': 'Complete since {{since}}',
  'coverage.noGaps': '{{complete}}, no gaps',
  'coverage.gap': 'gap {{from}} to {{to}}',
  'coverage.gapFilling': 'gap {{from}} to {{to}} is being filled',
  'coverage.gapBecause': 'gap {{from}} to {{to}}: {{reason}}',
  'coverage.moreGaps_one': '{{count, number}} more gap',
  'coverage.moreGaps_other': '{{count, number}} more gaps',
  'coverage.readUpTo': 'read up to {{time}}',
  'coverage.readUpToBecause': 'read up to {{time}}: {{reason}}',
  'coverage.firstReading': 'Segment is being read for the first time',
  'coverage.neverRead': 'Nothing could be read yet: {{reason}}',
  'coverage.ofSource': '{{source}}: {{line}}',
  'coverage.reason.not-read-yet': 'it was not read yet',
  'coverage.reason.unauthorized': 'the token is not taken',
  'coverage.reason.rate-limited': 'Segment asks to wait',
  'coverage.reason.unavailable': 'Segment does not answer',
  'coverage.reason.not-understood': 'the answer was not understood',
  'coverage.reason.failed': "reading failed, and the backend's log says why",
  'coverage.reason.unreadable-events': 'some events could not be stored',
  'coverage.reason.out-of-reach': 'Segment does not tell that far back',

  'card.loading': 'Loading changes',
  'card.loadFailed': 'The latest changes could not be loaded',
  'card.none': 'No changes recorded in the last {{days}} days',
  'card.noneAndComplete':
    'No changes in the last {{days}} days, complete since {{since}}',
  'card.lastChange': 'Last change {{time}}: {{label}} by {{actor}}',
  // May have `label` in place of `verb`, which is Segment's word.
  'card.lastChangeItself': 'Last change {{time}}: {{verb}} by {{actor}}',
  'card.lastChangeFailed':
    'Last attempt {{time}}: {{label}} by {{actor}}, which failed',
  'card.viewAll': 'View all',
} as const;
