/**
 * A permission policy for portals without one of their own.
 *
 * @packageDocumentation
 */

export { AuditTrailPermissionPolicy } from './permissions/policy/AuditTrailPermissionPolicy';
export { permissionModuleAuditTrail as default } from './permissions/policy/module';
