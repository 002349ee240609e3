import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import type { AuditEventCriteria } from '../criteria';

const isEmpty = (value: unknown) =>
  value === undefined || (Array.isArray(value) && value.length === 0);

/**
 * Whether criteria choose all events between two times, or before or after one,
 * or all there are. In doubt it says no.
 */
export function isTimeRange(criteria: AuditEventCriteria): boolean {
  if (isAndCriteria(criteria)) {
    return criteria.allOf.every(isTimeRange);
  }
  if (isOrCriteria(criteria) || isNotCriteria(criteria)) {
    return false;
  }
  return (
    'filter' in criteria &&
    Object.entries(criteria.filter).every(
      ([name, value]) => name === 'from' || name === 'to' || isEmpty(value),
    )
  );
}
