export { CsvDownloadStatus } from './CsvDownloadStatus';
