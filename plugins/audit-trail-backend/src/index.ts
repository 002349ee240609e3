/**
 * Audit Trail backend: storage, intake, query, permissions and export.
 *
 * @packageDocumentation
 */

export {
  auditTrailConditions,
  createAuditTrailConditionalDecision,
} from './permissions/conditionExports';
export { auditTrailPlugin as default } from './plugin';
