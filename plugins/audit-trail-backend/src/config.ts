import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { SegmentAppWorkspace } from 'backstage-plugin-audit-trail-common';
import {
  readRedactionConfig,
  type RedactionConfig,
} from 'backstage-plugin-audit-trail-node/redaction';
import { readSegmentWorkspaces } from './forwarders/messages/readSegmentWorkspaces';
import { readRetention, type Retention } from './retention/readRetention';
import { DEFAULT_RATE_LIMITS, type RateLimits } from './service/rateLimits';

/** What the backend takes from app-config. */
export interface AuditTrailConfig {
  /** Entity refs of the Owners, in full and in lower case. */
  owners: string[];
  /** Whether the Owners' line or the portal's policy decides what is seen. */
  access: 'owners' | 'policy';
  rateLimits: RateLimits;
  redaction: RedactionConfig;
  /** How long events are kept. */
  retention: Retention;
  /** Workspaces of Segment that links lead to. */
  segmentWorkspaces: SegmentAppWorkspace[];
}

/**
 * Reads who is Owner from `auditTrail.owners`.
 *
 * @returns entity refs, in full and in lower case
 * @throws `InputError` that names the key
 */
export function readAuditTrailOwners(config: RootConfigService): string[] {
  const owners = config.getOptionalStringArray('auditTrail.owners') ?? [];
  return owners.map((owner, index) => {
    try {
      return stringifyEntityRef(
        parseEntityRef(owner, { defaultKind: 'group' }),
      );
    } catch {
      throw new InputError(
        `auditTrail.owners[${index}]: "${owner}" is not an entity ref such as group:default/platform-team`,
      );
    }
  });
}

/**
 * Whether somebody is an Owner.
 *
 * @param claims - the user and their groups, as entity refs
 * @param owners - as {@link readAuditTrailOwners} gives them
 */
export function isAuditTrailOwner(claims: string[], owners: string[]): boolean {
  return claims.some(claim =>
    owners.includes(claim.toLocaleLowerCase('en-US')),
  );
}

/**
 * Callers from outside that would record in the name of a plugin of the portal,
 * or of what an intake speaks for: the key of each in app-config, and the
 * subject it has there.
 */
export function findBorrowedSubjects(
  config: RootConfigService,
  { sources }: { sources: string[] },
): { key: string; subject: string }[] {
  const externalAccess = 'backend.auth.externalAccess';
  const callers = config.getOptionalConfigArray(externalAccess) ?? [];
  return callers.flatMap((caller, index) => {
    const subject = caller.getOptionalString('options.subject');
    return subject &&
      (subject.startsWith('plugin:') || sources.includes(subject))
      ? [{ key: `${externalAccess}[${index}].options.subject`, subject }]
      : [];
  });
}

function readRateLimits(config: RootConfigService): RateLimits {
  const limits = { ...DEFAULT_RATE_LIMITS };
  for (const name of Object.keys(limits) as (keyof RateLimits)[]) {
    const key = `auditTrail.rateLimits.${name}`;
    const limit = config.getOptionalNumber(key) ?? limits[name];
    if (!Number.isInteger(limit) || limit < 1) {
      throw new InputError(`${key}: ${limit} is not a whole number from 1 on`);
    }
    limits[name] = limit;
  }
  return limits;
}

/**
 * Reads `auditTrail` from app-config.
 *
 * @throws `InputError` that names the key
 */
export function readConfig(config: RootConfigService): AuditTrailConfig {
  const access = config.getOptionalString('auditTrail.access') ?? 'owners';
  if (access !== 'owners' && access !== 'policy') {
    throw new InputError(
      `auditTrail.access: "${access}" is neither owners nor policy`,
    );
  }
  const permissionsEnabled =
    config.getOptionalBoolean('permission.enabled') ?? false;
  return {
    owners: readAuditTrailOwners(config),
    // Without permissions every policy allows everything to everyone.
    access: permissionsEnabled ? access : 'owners',
    rateLimits: readRateLimits(config),
    redaction: readRedactionConfig(config),
    retention: readRetention(config),
    segmentWorkspaces: readSegmentWorkspaces(config),
  };
}
