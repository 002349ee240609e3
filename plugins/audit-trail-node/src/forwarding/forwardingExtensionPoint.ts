import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { ForwarderFactory } from './Forwarder';

/**
 * Adds kinds of destinations to the Audit Trail.
 *
 * @public
 */
export interface AuditTrailForwardingExtensionPoint {
  /**
   * Adds a kind of destination. At start the backend makes a forwarder for
   * each destination of app-config that has its `type`.
   *
   * @throws `Error` if the type is taken
   */
  addForwarder(factory: ForwarderFactory): void;
}

/**
 * Adds kinds of destinations to the Audit Trail.
 *
 * @public
 */
export const auditTrailForwardingExtensionPoint =
  createExtensionPoint<AuditTrailForwardingExtensionPoint>({
    id: 'audit-trail.forwarding',
  });
