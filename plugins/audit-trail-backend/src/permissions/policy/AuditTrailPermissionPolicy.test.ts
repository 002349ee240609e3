import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import {
  auditTrailAccessPermission,
  auditTrailDeliveryRedrivePermission,
  auditTrailDestinationReadPermission,
  auditTrailDestinationUpdatePermission,
  auditTrailEventCreatePermission,
  auditTrailEventReadPermission,
  auditTrailExportCreatePermission,
  auditTrailPermissions,
} from 'backstage-plugin-audit-trail-common';
import { AuditTrailPermissionPolicy } from './AuditTrailPermissionPolicy';

const ALLOW = { result: AuthorizeResult.ALLOW };
const DENY = { result: AuthorizeResult.DENY };

const userWith = (...ownershipEntityRefs: string[]) =>
  ({ info: { ownershipEntityRefs } } as PolicyQueryUser);

describe('AuditTrailPermissionPolicy', () => {
  const policy = AuditTrailPermissionPolicy.fromConfig(
    mockServices.rootConfig({
      data: { auditTrail: { owners: ['Owners', 'user:default/olivia'] } },
    }),
  );
  const owner = userWith('user:default/ada', 'Group:Default/Owners');
  const engineer = userWith('user:default/emil', 'group:default/web');

  it.each([...auditTrailPermissions])(
    'allows an Owner $name',
    async permission => {
      expect(await policy.handle({ permission }, owner)).toEqual(ALLOW);
    },
  );

  it('lets anyone else read what they own, and not the page', async () => {
    const decide = async (permission: any) =>
      policy.handle({ permission }, engineer);
    for (const permission of [
      auditTrailAccessPermission,
      auditTrailEventCreatePermission,
      auditTrailDestinationReadPermission,
      auditTrailDestinationUpdatePermission,
      auditTrailDeliveryRedrivePermission,
    ]) {
      expect(await decide(permission)).toEqual(DENY);
    }
    expect(await decide(auditTrailExportCreatePermission)).toEqual(ALLOW);
    expect(await decide(auditTrailEventReadPermission)).toEqual({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'audit-trail',
      resourceType: 'audit-trail-event',
      conditions: {
        resourceType: 'audit-trail-event',
        rule: 'IS_RESOURCE_OWNER',
        params: { claims: ['user:default/emil', 'group:default/web'] },
      },
    });
  });

  it('denies whoever is nobody', async () => {
    for (const permission of auditTrailPermissions) {
      expect(await policy.handle({ permission }, undefined)).toEqual(DENY);
      expect(await policy.handle({ permission }, userWith())).toEqual(DENY);
    }
  });

  it('allows everything outside of the Audit Trail', async () => {
    const permission = {
      type: 'basic' as const,
      name: 'catalog.entity.create',
      attributes: {},
    };
    expect(await policy.handle({ permission }, undefined)).toEqual(ALLOW);
  });
});
