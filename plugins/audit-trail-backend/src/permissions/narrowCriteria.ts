import { both, type AuditEventCriteria } from '../database/criteria';
import type { ReadDecision } from './ReadAccess';

/** Criteria narrowed to what somebody may read; `undefined` is nothing. */
export function narrowCriteria(
  criteria: AuditEventCriteria,
  decision: ReadDecision,
): AuditEventCriteria | undefined {
  if (decision === 'nothing') {
    return undefined;
  }
  return decision === 'everything' ? criteria : both(decision, criteria);
}
