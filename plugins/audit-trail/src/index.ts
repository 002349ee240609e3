/**
 * The Audit Trail in the new frontend system: a page, and a card and a tab on
 * entities.
 *
 * @packageDocumentation
 */

export { auditTrailPlugin as default } from './plugin';
export { auditTrailApiRef } from './api';
export type { AuditTrailApi } from './api';
export { auditTrailTranslationRef } from './translation';
