import type { AuditTrailAccess } from 'backstage-plugin-audit-trail-common';
import type { AuditTrailApi } from './AuditTrailApi';

/**
 * What each API has answered to the question what the reader may see. It is the
 * same on all pages, so that it is asked once and kept: navigation entries
 * mount their icons anew with each change of the sidebar and must not flicker
 * meanwhile, and the filters of entity cards and tabs cannot wait for it.
 */
const answers = new WeakMap<AuditTrailApi, AuditTrailAccess>();
const requests = new WeakMap<AuditTrailApi, Promise<AuditTrailAccess>>();
/** Everyone who wants to know, so that one's retry serves all. */
const listeners = new Set<() => void>();
/** The APIs whose answer was not there yet when a page was made without it. */
const missed = new WeakSet<AuditTrailApi>();
let latest: AuditTrailAccess | undefined;

/** What the reader may see of the trail, asked for once and then kept. */
export function loadAccess(api: AuditTrailApi): Promise<AuditTrailAccess> {
  const answer = answers.get(api);
  if (answer) {
    return Promise.resolve(answer);
  }
  let request = requests.get(api);
  if (!request) {
    request = api
      .getAccess()
      .then(access => {
        answers.set(api, access);
        latest = access;
        listeners.forEach(listener => listener());
        return access;
      })
      // What has failed is asked again by whoever wants to know next.
      .finally(() => requests.delete(api));
    requests.set(api, request);
  }
  return request;
}

/** What the reader may see of the trail, if that is known already. */
export function knownAccess(api: AuditTrailApi): AuditTrailAccess | undefined {
  return answers.get(api);
}

/**
 * The same for a decision that cannot wait; {@link wasAccessMissed} tells from
 * then on that it was taken without the answer.
 */
export function knownAccessOrMissed(
  api: AuditTrailApi,
): AuditTrailAccess | undefined {
  const answer = answers.get(api);
  if (!answer) {
    missed.add(api);
  }
  return answer;
}

/** Whether something was decided before the answer was there. */
export function wasAccessMissed(api: AuditTrailApi): boolean {
  return missed.has(api);
}

/** The answer that came last, for those who have no API at hand. */
export function latestAccess(): AuditTrailAccess | undefined {
  return latest;
}

/** Calls back with each new answer, until the returned function is called. */
export function onAccess(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
