import { isAndCriteria } from '@backstage/plugin-permission-node';
import type { AuditEventFilter } from 'backstage-plugin-audit-trail-common';
import type { AuditEventCriteria } from './criteria';

/** A choice of events by nothing but who owns them and when they happened. */
export interface OwnershipInTime {
  ownedBy: string[];
  /** Bounds as in a filter; all of them hold. */
  bounds: Pick<AuditEventFilter, 'from' | 'to'>[];
}

const isBoundOnly = ({ from, to, ...others }: AuditEventFilter) =>
  Object.values(others).every(value => value === undefined);

/** Criteria as a choice by ownership and time, if that is all they are. */
export function ownershipInTime(
  criteria: AuditEventCriteria,
): OwnershipInTime | undefined {
  const parts = isAndCriteria(criteria) ? criteria.allOf : [criteria];
  let ownedBy: string[] | undefined;
  const bounds: OwnershipInTime['bounds'] = [];
  for (const part of parts) {
    if ('ownedBy' in part && !ownedBy) {
      ownedBy = part.ownedBy;
    } else if ('filter' in part && isBoundOnly(part.filter)) {
      bounds.push(part.filter);
    } else {
      return undefined;
    }
  }
  return ownedBy && { ownedBy, bounds };
}
