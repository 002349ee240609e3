import type { RootConfigService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  auditTrailEventReadPermission,
  auditTrailExportCreatePermission,
  auditTrailPermissions,
} from 'backstage-plugin-audit-trail-common';
import { isAuditTrailOwner, readAuditTrailOwners } from '../../config';
import {
  auditTrailConditions,
  createAuditTrailConditionalDecision,
} from '../conditionExports';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * Owners may do everything with the Audit Trail; any other user may read and
 * export the events of what they own. Everything outside of the Audit Trail
 * is allowed, as by Backstage's own allow-all policy.
 *
 * @public
 */
export class AuditTrailPermissionPolicy implements PermissionPolicy {
  readonly #owners: string[];

  /**
   * Takes the Owners from `auditTrail.owners`.
   *
   * @throws `InputError` that names the key
   */
  static fromConfig(config: RootConfigService): AuditTrailPermissionPolicy {
    return new AuditTrailPermissionPolicy(readAuditTrailOwners(config));
  }

  private constructor(owners: string[]) {
    this.#owners = owners;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!auditTrailPermissions.some(({ name }) => name === permission.name)) {
      return ALLOW;
    }
    const claims = user?.info.ownershipEntityRefs ?? [];
    if (isAuditTrailOwner(claims, this.#owners)) {
      return ALLOW;
    }
    if (isPermission(permission, auditTrailEventReadPermission)) {
      return claims.length > 0
        ? createAuditTrailConditionalDecision(
            permission,
            auditTrailConditions.isResourceOwner({ claims }),
          )
        : DENY;
    }
    return isPermission(permission, auditTrailExportCreatePermission) &&
      claims.length > 0
      ? ALLOW
      : DENY;
  }
}
