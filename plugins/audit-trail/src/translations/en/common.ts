/** Words and formats that are used all over. */
export const common = {
  // The language that numbers and times are written in.
  locale: 'en',

  'common.cancel': 'Cancel',
  'common.clearFilters': 'Clear filters',
  'common.close': 'Close',
  'common.dismiss': 'Dismiss',
  'common.harmful': 'Harmful',
  'common.loading': 'Loading …',
  'common.off': 'Off',
  'common.on': 'On',
  'common.refresh': 'Refresh',
  'common.retry': 'Retry',
  'common.save': 'Save',

  'count.events_one': '{{count, number}} event',
  'count.events_other': '{{count, number}} events',
  'count.moreEvents_one': 'more than {{count, number}} event',
  'count.moreEvents_other': 'more than {{count, number}} events',
  'count.moreThan': 'more than {{number}}',
  'count.kilobytes': '{{size}} kB',
  'count.megabytes': '{{size}} MB',

  'time.justNow': 'just now',
  'time.underASecond': 'less than a second',
  'time.localTime': 'local time',
  // Formats of luxon.
  'time.short': 'd LLL, HH:mm',
  'time.shortWithYear': 'd LLL yyyy, HH:mm',
  'time.full': 'cccc d LLL yyyy, HH:mm:ss',
  'time.clock': 'HH:mm:ss',

  'timeZone.label': 'Time zone',
  'timeZone.local': 'Local',
  'timeZone.utc': 'UTC',

  'error.tooManyRequests': 'Too many requests; try again in a minute',
  'error.tooManyRequestsFor_one':
    'Too many requests; try again in {{count, number}} second',
  'error.tooManyRequestsFor_other':
    'Too many requests; try again in {{count, number}} seconds',

  'actorType.user': 'User',
  'actorType.access-token': 'Access token',
  'actorType.service': 'Service',
  'actorType.system': 'System',
  'outcome.initiated': 'Initiated',
  'outcome.succeeded': 'Succeeded',
  'outcome.failed': 'Failed',
  'category.unmapped': 'Not in the catalogue',
  'source.segment': 'Segment',
  'source.backstage': 'Backstage',
  'source.webhook': 'webhook',
  'source.api': 'API',
  'source.public-api': 'Public API',
  'source.http-api': 'HTTP API',
  'source.recorder': 'recorder',
  'source.auditor': 'auditor',
  'source.audit-trail': 'Audit Trail',
  'source.itself': 'itself',
} as const;
