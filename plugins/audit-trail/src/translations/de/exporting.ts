import type { exporting as english } from '../en/exporting';
import type { Translated } from '../Translated';

/** The trail as a file. */
export const exporting: Translated<typeof english> = {
  'export.menu': 'Exportieren',
  'export.format.csv': 'CSV',
  'export.format.ndjson': 'NDJSON',
  'export.format.json': 'JSON',
  'export.formatFor.csv': 'Für Tabellenprogramme',
  'export.formatFor.ndjson': 'Ein Ereignis je Zeile, für Skripte',
  'export.formatFor.json': 'Ein Dokument',
  'export.compress': 'Komprimiert (gzip)',
  'export.running': 'Export läuft: {{progress}}',
  'export.eventsOf': '{{events}} von {{all}}',
  'export.timeLeft': 'noch etwa {{time}}',
  'export.stay': 'Bitte auf dieser Seite bleiben, bis sie gespeichert ist.',
  'export.progress': 'Export',
  'export.saved':
    'Vollständig: {{events}}, {{size}}, gespeichert als {{fileName}}',
  'export.failed':
    'Der Export brach nach {{size}} ab, daher wurde keine Datei gespeichert: {{reason}}',
  'export.notWhole': 'es ist nicht die ganze Datei angekommen',
  'export.again': 'Noch einmal',
};
