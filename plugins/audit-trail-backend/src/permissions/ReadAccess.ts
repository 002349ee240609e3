import type {
  AuthService,
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionTransformer,
  type ConditionTransformer,
} from '@backstage/plugin-permission-node';
import {
  auditTrailAccessPermission,
  auditTrailDeliveryRedrivePermission,
  auditTrailDestinationReadPermission,
  auditTrailDestinationUpdatePermission,
  auditTrailEventReadPermission,
  auditTrailExportCreatePermission,
  type AuditTrailAccess,
} from 'backstage-plugin-audit-trail-common';
import { isAuditTrailOwner, type AuditTrailConfig } from '../config';
import {
  both,
  ownersNamedIn,
  type AuditEventCondition,
  type AuditEventCriteria,
} from '../database/criteria';
import type { DatabaseResourceOwnersStore } from '../database/DatabaseResourceOwnersStore';
import { auditEventResourceRef } from './auditEventResourceRef';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What somebody may read: everything, nothing, or what criteria choose. */
export type ReadDecision = 'everything' | 'nothing' | AuditEventCriteria;

interface ReadAccessOptions {
  auth: AuthService;
  config: AuditTrailConfig;
  owners: DatabaseResourceOwnersStore;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  userInfo: UserInfoService;
}

/**
 * Decides who may read what.
 *
 * @remarks
 *
 * The Owners' line holds whatever the portal's policy says: an Owner may read
 * everything, any other user the events of what they own, nobody else
 * anything. The policy's decision is taken on top and can only narrow that.
 * With `auditTrail.access: policy` the policy decides alone.
 *
 * Nothing is kept from one request to the next, so that a change of
 * membership, of ownership or of the policy counts from the next request on.
 */
export class ReadAccess {
  readonly #options: ReadAccessOptions;
  readonly #transformConditions: ConditionTransformer<AuditEventCondition>;

  static create(options: ReadAccessOptions): ReadAccess {
    return new ReadAccess(options);
  }

  private constructor(options: ReadAccessOptions) {
    this.#options = options;
    this.#transformConditions = createConditionTransformer(
      options.permissionsRegistry.getPermissionRuleset(auditEventResourceRef),
    );
  }

  /**
   * Decides which events a caller may read.
   *
   * @throws `NotAllowedError` if the caller is not a user
   */
  async decide(credentials: BackstageCredentials): Promise<ReadDecision> {
    const [line, policy] = await Promise.all([
      this.#ownersLine(credentials),
      this.#policy(credentials),
    ]);
    if (policy === 'nothing' || line === 'everything') {
      return policy;
    }
    // No query on events runs for those who own nothing: how long it takes
    // would tell them of events that they may not see.
    if (!(await this.#options.owners.ownAnything(line.claims))) {
      return 'nothing';
    }
    const owned = { ownedBy: line.claims };
    return policy === 'everything' ? owned : both(owned, policy);
  }

  /**
   * Whether a decision can let somebody read any event: one about what somebody
   * owns does not while they own nothing.
   */
  async canReadAny(decision: ReadDecision): Promise<boolean> {
    if (typeof decision === 'string') {
      return decision === 'everything';
    }
    const named = ownersNamedIn(decision);
    return named.length === 0 || this.#options.owners.ownAnything(named);
  }

  /** Tells a caller what they may see of the trail. */
  async describe(credentials: BackstageCredentials): Promise<AuditTrailAccess> {
    const { config, owners } = this.#options;
    const isOwnerWith = (permission: BasicPermission) =>
      this.isOwnerWith(permission, credentials);
    const [line, policy, pageAllowed, exportAllowed, ...ofDestinations] =
      await Promise.all([
        this.#ownersLine(credentials),
        this.#policy(credentials),
        this.isAllowed(auditTrailAccessPermission, credentials),
        this.isAllowed(auditTrailExportCreatePermission, credentials),
        isOwnerWith(auditTrailDestinationReadPermission),
        isOwnerWith(auditTrailDestinationUpdatePermission),
        isOwnerWith(auditTrailDeliveryRedrivePermission),
      ]);
    const [forwarding, destinationUpdate, deliveryRedrive] = ofDestinations;
    const { maxAgeMs } = config.retention;
    const readsNothing = policy === 'nothing';
    const { segmentWorkspaces } = config;
    const common = {
      export: exportAllowed && !readsNothing,
      forwarding,
      destinationUpdate: forwarding && destinationUpdate,
      deliveryRedrive: forwarding && deliveryRedrive,
      owners: config.owners,
      ...(maxAgeMs !== undefined && {
        retentionDays: Math.floor(maxAgeMs / DAY_MS),
      }),
      ...(!readsNothing &&
        segmentWorkspaces.length > 0 && { segmentWorkspaces }),
    };
    if (line !== 'everything') {
      return {
        ...common,
        page: false,
        reason:
          config.owners.length > 0 ? 'not-an-owner' : 'no-owners-configured',
        entities: readsNothing ? 'none' : 'owned',
        ownerRefs: await owners.withGroupsAbove(line.claims),
      };
    }
    const entities = readsNothing ? 'none' : 'all';
    return pageAllowed && !readsNothing
      ? { ...common, page: true, entities }
      : { ...common, page: false, reason: 'denied-by-policy', entities };
  }

  /**
   * A text that is another as soon as a decision lets somebody read other
   * events, be it that the decision changed or who owns what.
   */
  async fingerprint(decision: ReadDecision): Promise<string> {
    if (typeof decision === 'string') {
      return decision;
    }
    const owned = await this.#options.owners.resourceKeysOwnedBy(
      ownersNamedIn(decision),
    );
    return JSON.stringify([decision, owned]);
  }

  /** Whether the portal's policy allows a caller something. */
  async isAllowed(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const [decision] = await this.#options.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    return decision.result === AuthorizeResult.ALLOW;
  }

  /**
   * Makes sure that the caller is Owner and the portal's policy allows it.
   *
   * @throws `NotAllowedError`
   */
  async assertOwner(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!(await this.isOwnerWith(permission, credentials))) {
      throw new NotAllowedError('This is for Owners of the Audit Trail');
    }
  }

  /** Whether a caller is Owner and the portal's policy allows them something. */
  async isOwnerWith(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const [line, allowed] = await Promise.all([
      this.#ownersLine(credentials),
      this.isAllowed(permission, credentials),
    ]);
    return line === 'everything' && allowed;
  }

  /** What the Owners' line lets somebody read. */
  async #ownersLine(
    credentials: BackstageCredentials,
  ): Promise<'everything' | { claims: string[] }> {
    const { auth, config, userInfo } = this.#options;
    if (!auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError(
        'The trail is read by users; a service may only record events',
      );
    }
    if (config.access === 'policy') {
      return 'everything';
    }
    const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
    if (isAuditTrailOwner(ownershipEntityRefs, config.owners)) {
      return 'everything';
    }
    return {
      claims: ownershipEntityRefs.map(ref => ref.toLocaleLowerCase('en-US')),
    };
  }

  /** What the portal's policy lets somebody read. */
  async #policy(credentials: BackstageCredentials): Promise<ReadDecision> {
    const [decision] = await this.#options.permissions.authorizeConditional(
      [{ permission: auditTrailEventReadPermission }],
      { credentials },
    );
    switch (decision.result) {
      case AuthorizeResult.ALLOW:
        return 'everything';
      case AuthorizeResult.CONDITIONAL:
        return this.#transformConditions(decision.conditions);
      default:
        return 'nothing';
    }
  }
}
