import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { AuditEvents } from '../service/AuditEvents';
import type { CursorCodec } from '../service/CursorCodec';

/** What actions are made of. */
export interface ActionOptions {
  actionsRegistry: ActionsRegistryService;
  cursors: CursorCodec;
  events: AuditEvents;
  /**
   * Makes sure that it is a user who asks, and not too often.
   *
   * @throws `NotAllowedError`, or an error with status 429
   */
  admit(
    credentials: BackstageCredentials,
  ): Promise<BackstageCredentials<BackstageUserPrincipal>>;
}
