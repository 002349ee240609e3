import type { exporting as english } from '../en/exporting';
import type { Translated } from '../Translated';

/** The trail as a file. */
export const exporting: Translated<typeof english> = {
  'export.csv': 'CSV',
  'export.downloadCsv': 'CSV herunterladen',
  'export.running': 'Herunterladen: {{events}}, {{size}}',
  'export.progress': 'CSV wird heruntergeladen',
  'export.saved': '{{events}} gespeichert als {{fileName}}',
  'export.failed':
    'Das Herunterladen brach nach {{events}} ab, daher wurde keine Datei gespeichert: {{reason}}',
  'export.again': 'Noch einmal',
};
