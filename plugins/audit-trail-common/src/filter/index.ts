export { auditEventMatches, auditEventSearchText } from './auditEventMatches';
export type { AuditEventFilter, AuditEventValues } from './AuditEventFilter';
export {
  AUDIT_EVENT_FILTER_PARAMS,
  auditEventFilterFromParams,
  auditEventFilterToParams,
} from './filterParams';
export { parseTime, parseTimeBound } from './parseTimeBound';
export { searchPhrases, searchWords } from './searchWords';
export {
  auditEventFilterParts,
  withoutFilterPart,
  type AuditEventFilterPart,
} from './filterParts';
