import { DestinationGoneError } from 'backstage-plugin-audit-trail-node';
import { assertDelivered } from '../http/assertDelivered';
import type { HttpAnswer } from '../http/HttpPoster';

/**
 * What Slack answers when it is the webhook that is wrong, whatever the
 * message, and what somebody has to know of it.
 */
const ABOUT_THE_WEBHOOK: Record<string, string> = {
  action_prohibited: 'an administrator does not let it post',
  channel_is_archived: 'its channel is archived',
  channel_not_found: 'its channel is no longer there',
  invalid_token: 'it is not valid, or was revoked',
  no_active_hooks: 'it is switched off',
  no_service: 'it is switched off, or was removed',
  no_service_id: 'it is not valid, or was removed',
  no_team: 'its workspace is no longer there',
  posting_to_general_channel_denied:
    'an administrator does not let it post to #general',
  team_disabled: 'its workspace is no longer active',
  user_not_found: 'the person whom it writes to is no longer there',
};

/**
 * Turns an answer of Slack that is no success into the error that tells the
 * engine what follows from it.
 *
 * | answer                                               | what follows                    |
 * | ---------------------------------------------------- | ------------------------------- |
 * | `no_service`, `channel_is_archived` and the like     | the destination is switched off |
 * | `invalid_payload`, `invalid_blocks`, any other 400   | the events are refused          |
 * | 429, 5xx such as `rollup_error`, and all the rest    | as of any destination           |
 */
export function assertTaken(answer: HttpAnswer): void {
  const { origin, status, body } = answer;
  const code = body.trim();
  if (status >= 400 && status < 500 && Object.hasOwn(ABOUT_THE_WEBHOOK, code)) {
    throw new DestinationGoneError(
      `${origin} answered ${status} ${code}: the webhook cannot be used, ${ABOUT_THE_WEBHOOK[code]}`,
    );
  }
  assertDelivered(answer);
}
