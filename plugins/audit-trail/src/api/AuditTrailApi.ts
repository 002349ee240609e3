import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  AuditTrailClient,
  type AuditTrailAccess,
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

/**
 * A client that asks only once what the caller may see: the navigation, the
 * page and the entity tab all need the answer. A failed request is not kept.
 */
class CachedAccessClient extends AuditTrailClient {
  #access?: Promise<AuditTrailAccess>;

  override async getAccess(): Promise<AuditTrailAccess> {
    if (!this.#access) {
      const request = super.getAccess();
      this.#access = request;
      request.catch(() => {
        this.#access = undefined;
      });
    }
    return this.#access;
  }
}

/** Creates the API for either frontend system. */
export function createAuditTrailApi(
  options: AuditTrailClientOptions,
): AuditTrailApi {
  return new CachedAccessClient(options);
}
