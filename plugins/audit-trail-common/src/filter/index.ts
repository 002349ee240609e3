export { auditEventMatches, auditEventSearchText } from './auditEventMatches';
export type {
  AuditEventExclusions,
  AuditEventFilter,
  AuditEventValues,
} from './AuditEventFilter';
export {
  auditEventFilterFromParams,
  auditEventFilterToParams,
} from './filterParams';
export { parseTimeBound } from './parseTimeBound';
export { searchWords } from './searchWords';
