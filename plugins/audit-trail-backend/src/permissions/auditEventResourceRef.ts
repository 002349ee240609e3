import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_AUDIT_TRAIL_EVENT,
  type AuditEvent,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEventCondition } from '../database/criteria';

/** An audit event as permission rules see it. */
export interface AuditEventWithOwners {
  event: AuditEvent;
  /**
   * Users and groups that own one of the event's resources, and all groups
   * below these.
   */
  ownerRefs: string[];
}

/** Audit events as a resource of the permission framework. */
export const auditEventResourceRef = createPermissionResourceRef<
  AuditEventWithOwners,
  AuditEventCondition
>().with({
  pluginId: 'audit-trail',
  resourceType: RESOURCE_TYPE_AUDIT_TRAIL_EVENT,
});
