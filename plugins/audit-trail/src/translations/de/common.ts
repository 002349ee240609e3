import type { common as english } from '../en/common';
import type { Translated } from '../Translated';

/** Words and formats that are used all over. */
export const common: Translated<typeof english> = {
  locale: 'de',

  'common.cancel': 'Abbrechen',
  'common.close': 'Schließen',
  'common.loading': 'Lädt …',
  'common.refresh': 'Aktualisieren',
  'common.retry': 'Noch einmal',

  'timeZone.label': 'Zeitzone',
  'timeZone.local': 'Lokal',
  'timeZone.utc': 'UTC',
};
