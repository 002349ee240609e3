export { EXPORT_FORMATS } from './AuditTrailExport';
export type {
  AuditTrailExportFormat,
  AuditTrailExportRecord,
  ExportEventsRequest,
} from './AuditTrailExport';
