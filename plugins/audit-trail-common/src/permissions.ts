import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Resource type of audit events, for conditional decisions.
 *
 * @public
 */
export const RESOURCE_TYPE_AUDIT_TRAIL_EVENT = 'audit-trail-event';

/**
 * Gates the Audit Trail page and its navigation entry.
 *
 * @public
 */
export const auditTrailAccessPermission = createPermission({
  name: 'audit-trail.access',
  attributes: { action: 'read' },
});

/**
 * Gates the reading of audit events; a policy may answer it with conditions.
 *
 * @public
 */
export const auditTrailEventReadPermission = createPermission({
  name: 'audit-trail.event.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_AUDIT_TRAIL_EVENT,
});

/**
 * Gates the recording of audit events by services.
 *
 * @public
 */
export const auditTrailEventCreatePermission = createPermission({
  name: 'audit-trail.event.create',
  attributes: { action: 'create' },
});

/**
 * Gates the export of the filtered trail as a file.
 *
 * @public
 */
export const auditTrailExportCreatePermission = createPermission({
  name: 'audit-trail.export.create',
  attributes: { action: 'create' },
});

/**
 * Gates seeing where the trail is forwarded to, and what became of it.
 *
 * @public
 */
export const auditTrailDestinationReadPermission = createPermission({
  name: 'audit-trail.destination.read',
  attributes: { action: 'read' },
});

/**
 * Gates switching destinations on and off, choosing what goes there, pausing
 * and testing.
 *
 * @public
 */
export const auditTrailDestinationUpdatePermission = createPermission({
  name: 'audit-trail.destination.update',
  attributes: { action: 'update' },
});

/**
 * Gates sending dead letters again.
 *
 * @public
 */
export const auditTrailDeliveryRedrivePermission = createPermission({
  name: 'audit-trail.delivery.redrive',
  attributes: { action: 'update' },
});

/**
 * Gates making, changing and deleting the views that everyone with the page
 * has.
 *
 * @public
 */
export const auditTrailViewUpdatePermission = createPermission({
  name: 'audit-trail.view.update',
  attributes: { action: 'update' },
});

/**
 * All permissions of the Audit Trail.
 *
 * @public
 */
export const auditTrailPermissions = [
  auditTrailAccessPermission,
  auditTrailEventReadPermission,
  auditTrailEventCreatePermission,
  auditTrailExportCreatePermission,
  auditTrailDestinationReadPermission,
  auditTrailDestinationUpdatePermission,
  auditTrailDeliveryRedrivePermission,
  auditTrailViewUpdatePermission,
];
