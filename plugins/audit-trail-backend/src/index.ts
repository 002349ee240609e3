/**
 * Audit Trail backend: storage, intake, query, permissions and export.
 *
 * @packageDocumentation
 */

export { auditTrailPlugin as default } from './plugin';
