import type {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { auditTrailEventCreatePermission } from 'backstage-plugin-audit-trail-common';
import type { Request } from 'express';

/**
 * Lets services pass that may record. Stands before a body is read, so that a
 * stranger cannot make us read it.
 */
export function mayRecord(options: {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
}): (request: Request) => Promise<'next'> {
  const { httpAuth, permissions } = options;
  return async request => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['service'],
    });
    const [decision] = await permissions.authorize(
      [{ permission: auditTrailEventCreatePermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `"${credentials.principal.subject}" may not record audit events; it needs the permission ${auditTrailEventCreatePermission.name}`,
      );
    }
    return 'next';
  };
}
