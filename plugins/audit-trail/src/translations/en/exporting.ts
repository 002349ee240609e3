/** The trail as a file. */
export const exporting = {
  'export.csv': 'CSV',
  'export.downloadCsv': 'Download CSV',
  'export.running': 'Downloading: {{events}}, {{size}}',
  'export.progress': 'Downloading CSV',
  'export.saved': '{{events}} saved as {{fileName}}',
  'export.failed':
    'The download broke off after {{events}}, so no file was saved: {{reason}}',
  'export.again': 'Try again',
} as const;
