import type {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { ActionOptions } from './ActionOptions';
import { createGetAuditEventAction } from './createGetAuditEventAction';
import { createQueryAuditEventsAction } from './createQueryAuditEventsAction';

/**
 * Offers the trail to assistants, in the name of the user who asks: they see
 * what that user may see, and their looks are recorded.
 */
export function registerActions(
  options: Omit<ActionOptions, 'admit'> & {
    auth: AuthService;
    countRead(
      credentials: BackstageCredentials<BackstageUserPrincipal>,
    ): Promise<void>;
  },
): void {
  const { auth, countRead, ...others } = options;
  const action: ActionOptions = {
    ...others,
    async admit(credentials) {
      if (!auth.isPrincipal(credentials, 'user')) {
        throw new NotAllowedError(
          'The trail is read by users; an action reads it in the name of one',
        );
      }
      await countRead(credentials);
      return credentials;
    },
  };
  createQueryAuditEventsAction(action);
  createGetAuditEventAction(action);
}
