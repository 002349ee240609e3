/** Last calls of a process that it may not have acknowledged. */
const UNACKNOWLEDGED = 2;

/**
 * Marks calls whose acknowledgement may not have been stored: the receiver kept
 * what came and then broke off, or the caller was killed before it called twice
 * more. A process makes one call at a time at a destination, and while one is
 * acknowledged it makes no more than the next.
 *
 * @param {import('./receivers.mjs').Call[]} calls of one destination, in order
 * @param {Set<string>} killed lives that ended by a kill
 */
export function withCauses(calls, killed) {
  const last = new Map();
  calls.forEach((call, index) => {
    const before = last.get(call.life) ?? [];
    last.set(call.life, [...before, index].slice(-UNACKNOWLEDGED));
  });
  return calls.map((call, index) => {
    const cut = killed.has(call.life) && last.get(call.life).includes(index);
    const lost = !call.answered ? 'fault' : cut && 'kill';
    return { ...call, cause: call.taken && lost ? lost : undefined };
  });
}

/**
 * Compares what arrived with what was acknowledged.
 *
 * @returns how much is missing, how much came again and why, and how much of
 *   that has no excuse
 */
export function checkArrivals(calls, ids) {
  const expected = new Set(ids);
  const found = { missing: 0, unknown: 0, otherMessageIds: 0 };
  const again = { kill: 0, fault: 0, unexplained: 0 };
  const repeatedOfKills = new Set();
  /** By event: the call in which it came last, and its id at Segment. */
  const seen = new Map();
  for (const call of calls) {
    call.ids.forEach((id, index) => {
      const messageId = call.messageIds[index];
      const before = seen.get(id);
      if (!expected.has(id)) {
        found.unknown++;
      }
      if (before) {
        again[before.call.cause ?? 'unexplained']++;
        found.otherMessageIds += before.messageId === messageId ? 0 : 1;
        if (before.call.cause === 'kill') {
          repeatedOfKills.add(before.call);
        }
      }
      seen.set(id, { call, messageId });
    });
  }
  found.missing = ids.filter(id => !seen.has(id)).length;
  return { ...found, again, batchesOfKills: repeatedOfKills.size };
}

/**
 * The same for messages that only say how many events they are about: how many
 * are missing, and how many came again beyond what has an excuse. What the
 * receiver broke off came again for certain, what a kill cut off maybe.
 */
export function checkCounts(calls, ids) {
  const sum = list => list.reduce((total, { count }) => total + count, 0);
  const ofCause = cause => sum(calls.filter(call => call.cause === cause));
  const total = sum(calls);
  const withoutBroken = total - ofCause('fault');
  return {
    again: Math.max(0, total - ids.length),
    missing: Math.max(0, ids.length - withoutBroken),
    unexplained: Math.max(0, withoutBroken - ofCause('kill') - ids.length),
  };
}
