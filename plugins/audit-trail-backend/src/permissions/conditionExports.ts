import { createConditionExports } from '@backstage/plugin-permission-node';
import { auditEventResourceRef } from './auditEventResourceRef';
import { auditTrailRules } from './rules';

const { conditions, createConditionalDecision } = createConditionExports({
  resourceRef: auditEventResourceRef,
  rules: auditTrailRules,
});

/**
 * Conditions on audit events for a portal's permission policy, one a rule.
 *
 * @example
 *
 * ```ts
 * createAuditTrailConditionalDecision(request.permission, {
 *   anyOf: [
 *     auditTrailConditions.isResourceOwner({ claims }),
 *     auditTrailConditions.hasCategory({ categories: ['warehouses'] }),
 *   ],
 * });
 * ```
 *
 * @public
 */
export const auditTrailConditions = conditions;

/**
 * Makes the decision of a portal's permission policy on
 * `audit-trail.event.read` from conditions.
 *
 * @public
 */
export const createAuditTrailConditionalDecision = createConditionalDecision;
