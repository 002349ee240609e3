/** The trail as a file. */
export const exporting = {
  'export.menu': 'Export',
  'export.format.csv': 'CSV',
  'export.format.ndjson': 'NDJSON',
  'export.format.json': 'JSON',
  'export.formatFor.csv': 'For spreadsheets',
  'export.formatFor.ndjson': 'One event a line, for scripts',
  'export.formatFor.json': 'One document',
  'export.compress': 'Compressed (gzip)',
  'export.running': 'Exporting: {{progress}}',
  'export.eventsOf': '{{events}} of {{all}}',
  'export.timeLeft': 'about {{time}} left',
  'export.stay': 'Stay on this page until it is saved.',
  'export.progress': 'Export',
  'export.saved': 'Complete: {{events}}, {{size}}, saved as {{fileName}}',
  'export.failed':
    'The export broke off after {{size}}, so no file was saved: {{reason}}',
  'export.notWhole': 'not all of the file has come',
  'export.again': 'Try again',
} as const;
