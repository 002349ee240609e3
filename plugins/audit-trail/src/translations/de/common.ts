import type { common as english } from '../en/common';
import type { Translated } from '../Translated';

/** Words and formats that are used all over. */
export const common: Translated<typeof english> = {
  locale: 'de',

  'common.cancel': 'Abbrechen',
  'common.clearFilters': 'Filter aufheben',
  'common.close': 'Schließen',
  'common.dismiss': 'Ausblenden',
  'common.harmful': 'Kritisch',
  'common.loading': 'Lädt …',
  'common.off': 'Aus',
  'common.on': 'An',
  'common.refresh': 'Aktualisieren',
  'common.retry': 'Noch einmal',
  'common.save': 'Speichern',

  'count.events_one': '{{count, number}} Ereignis',
  'count.events_other': '{{count, number}} Ereignisse',
  'count.moreEvents_one': 'mehr als {{count, number}} Ereignis',
  'count.moreEvents_other': 'mehr als {{count, number}} Ereignisse',
  'count.moreThan': 'mehr als {{number}}',
  'count.kilobytes': '{{size}} kB',
  'count.megabytes': '{{size}} MB',

  'time.justNow': 'gerade eben',
  'time.underASecond': 'weniger als eine Sekunde',
  'time.localTime': 'Ortszeit',
  'time.short': 'd. MMM, HH:mm',
  'time.shortWithYear': 'd. MMM yyyy, HH:mm',
  'time.full': 'cccc, d. MMM yyyy, HH:mm:ss',
  'time.clock': 'HH:mm:ss',

  'timeZone.label': 'Zeitzone',
  'timeZone.local': 'Lokal',
  'timeZone.utc': 'UTC',

  'error.tooManyRequests':
    'Zu viele Anfragen; versuchen Sie es in einer Minute noch einmal',
  'error.tooManyRequestsFor_one':
    'Zu viele Anfragen; versuchen Sie es in {{count, number}} Sekunde noch einmal',
  'error.tooManyRequestsFor_other':
    'Zu viele Anfragen; versuchen Sie es in {{count, number}} Sekunden noch einmal',

  'actorType.user': 'Benutzer',
  'actorType.access-token': 'Zugriffstoken',
  'actorType.service': 'Dienst',
  'actorType.system': 'System',
  'outcome.initiated': 'Begonnen',
  'outcome.succeeded': 'Erfolgreich',
  'outcome.failed': 'Fehlgeschlagen',
  'category.unmapped': 'Nicht im Verzeichnis',
  'source.segment': 'Segment',
  'source.backstage': 'Backstage',
  'source.webhook': 'Webhook',
  'source.api': 'API',
  'source.public-api': 'Public API',
  'source.http-api': 'HTTP-API',
  'source.recorder': 'Recorder',
  'source.auditor': 'Auditor',
  'source.audit-trail': 'Audit Trail',
  'source.itself': 'er selbst',
};
