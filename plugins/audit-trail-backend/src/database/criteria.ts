import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import type { AuditEventFilter } from 'backstage-plugin-audit-trail-common';

/** One condition on audit events. */
export type AuditEventCondition =
  | { filter: AuditEventFilter }
  /** Belongs to a resource that one of these users and groups owns. */
  | { ownedBy: string[] }
  /** Belongs to a resource that this catalog entity, or itself, stands for. */
  | { ofEntity: string }
  /** Is one of these events. */
  | { ids: string[] };

/**
 * Chooses audit events: conditions joined by `allOf`, `anyOf` and `not`, in the
 * form of Backstage's permission criteria, so that decisions and filters are
 * one thing to the database.
 */
export type AuditEventCriteria = PermissionCriteria<AuditEventCondition>;

/** Chooses every event. */
export const EVERYTHING: AuditEventCriteria = { filter: {} };

/** Both of two criteria. */
export function both(
  one: AuditEventCriteria,
  other: AuditEventCriteria,
): AuditEventCriteria {
  return { allOf: [one, other] };
}

/** Users and groups whose ownership criteria ask for. */
export function ownersNamedIn(criteria: AuditEventCriteria): string[] {
  if (isAndCriteria(criteria)) {
    return criteria.allOf.flatMap(ownersNamedIn);
  }
  if (isOrCriteria(criteria)) {
    return criteria.anyOf.flatMap(ownersNamedIn);
  }
  if (isNotCriteria(criteria)) {
    return ownersNamedIn(criteria.not);
  }
  return 'ownedBy' in criteria ? criteria.ownedBy : [];
}
