import type {
  AuditEventActor,
  AuditEventActorType,
} from 'backstage-plugin-audit-trail-common';

/** Segment's own name for itself as an actor. */
export const SYSTEM_ACTOR_ID = '__system__';

/** Segment itself as an actor. */
export const SYSTEM_ACTOR: AuditEventActor = {
  type: 'system',
  id: SYSTEM_ACTOR_ID,
  name: 'Segment',
};

/**
 * The kind of an actor by the word before its id. Recorded deliveries only
 * have `users/…`; that tokens and services are spelled likewise is assumed.
 */
export function actorType(word: string | undefined): AuditEventActorType {
  if (word === undefined || /^user/i.test(word)) {
    return 'user';
  }
  return /token/i.test(word) ? 'access-token' : 'service';
}
