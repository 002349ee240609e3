import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  AuditTrailClient,
  type AuditTrailClientApi,
  type AuditTrailClientOptions,
} from 'backstage-plugin-audit-trail-common';

/**
 * The Audit Trail as its pages and cards read it.
 *
 * @public
 */
export type AuditTrailApi = AuditTrailClientApi;

/**
 * The `ApiRef` of {@link AuditTrailApi}.
 *
 * @public
 */
export const auditTrailApiRef = createApiRef<AuditTrailApi>().with({
  id: 'plugin.audit-trail.service',
  pluginId: 'audit-trail',
});

/** Creates the API for either frontend system. */
export function createAuditTrailApi(
  options: AuditTrailClientOptions,
): AuditTrailApi {
  return new AuditTrailClient(options);
}
