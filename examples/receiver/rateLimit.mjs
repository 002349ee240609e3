/** Requests that may come at once, as Slack lets short bursts pass. */
const BURST = 2;

/**
 * Counts requests by name.
 *
 * @returns a function that says for how many seconds a name has to wait; 0 if
 *   its request may pass
 */
export function createRateLimit() {
  const buckets = new Map();
  return (name, perSecond) => {
    const now = Date.now();
    const { tokens, at } = buckets.get(name) ?? { tokens: BURST, at: now };
    const filled = Math.min(BURST, tokens + ((now - at) / 1000) * perSecond);
    const passes = filled >= 1;
    buckets.set(name, { tokens: passes ? filled - 1 : filled, at: now });
    return passes ? 0 : Math.ceil((1 - filled) / perSecond);
  };
}
