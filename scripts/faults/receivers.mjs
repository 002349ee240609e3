import { chooseFault } from '../../examples/receiver/faults.mjs';
import { startReceiver } from '../../examples/receiver/startReceiver.mjs';
import { startTrackingApi } from '../../examples/segment/trackingApi.mjs';

const DRAIN_MS = 500;

/**
 * What goes wrong at a destination. Now and then two or three calls fail in a
 * row, as each fault counts for itself.
 */
const FAULTS = {
  third: [
    { do: 'status', status: 503, every: 5 },
    { do: 'reset', every: 11 },
    { do: 'reset', afterwards: true, every: 13 },
    { do: 'hang', every: 97, times: 3 },
    { do: 'hang', afterwards: true, every: 89, times: 3 },
  ],
  // 5 % and 2 %, not in step with each other.
  few: [
    { do: 'status', status: 503, every: 20 },
    { do: 'hang', afterwards: true, every: 49 },
  ],
};

/** The number that a message in a Slack channel gives; one event has none. */
function countOfMessage({ text }) {
  const [, count] = /^(?:⚠ )?([\d,]+) audit events\b/.exec(text) ?? [];
  return count ? Number(count.replaceAll(',', '')) : 1;
}

/**
 * One call at a destination.
 *
 * @typedef {object} Call
 * @property {string} life whose call it was: one process from a start to a kill
 * @property {boolean} taken whether the receiver kept what came
 * @property {boolean} answered whether the caller was told so
 * @property {string[]} ids of the events
 * @property {string[]} messageIds under which Segment knows them
 * @property {number} count how many events came
 */

/** Starts the receivers and notes every call, in order. */
export async function startReceivers({ failures }) {
  const faultsOf = path => FAULTS[failures].map(fault => ({ ...fault, path }));
  /** @type {Record<string, Call[]>} */
  const calls = { webhook: [], segment: [], slack: [] };
  const webhooks = await startReceiver({
    faults: [...faultsOf('/webhook/'), ...faultsOf('/slack/')],
  });

  /** Notes what came, and lets the receiver forget it. */
  const drain = () => {
    for (const entry of webhooks.received.splice(0)) {
      const { kind, path, accepted, fault, message } = entry;
      const ids = kind === 'webhook' && accepted ? message : [];
      calls[kind].push({
        life: path.split('/')[2],
        taken: accepted,
        answered: accepted && !fault,
        ids: ids.map(({ id }) => id),
        messageIds: [],
        count:
          kind === 'slack' && accepted ? countOfMessage(message) : ids.length,
      });
    }
    segment.received.length = 0;
  };

  const segmentFaults = faultsOf('/').map(fault => ({
    ...fault,
    seen: 0,
    done: 0,
  }));
  const source = { id: 'faults', slug: 'faults', enabled: true, writeKeys: [] };
  const segment = await startTrackingApi({
    sources: [source],
    faults: ({ path, events }) => {
      const fault = chooseFault(segmentFaults, { pathname: path });
      const taken = !fault || Boolean(fault.afterwards);
      calls.segment.push({
        // Known as soon as the request is.
        life: '',
        taken,
        answered: !fault,
        ids: taken
          ? events.map(event => event.properties.backstage_audit_trail.event_id)
          : [],
        messageIds: taken ? events.map(({ messageId }) => messageId) : [],
        count: taken ? events.length : 0,
      });
      return (
        fault && {
          status: fault.status,
          [fault.do]: true,
          afterReceipt: fault.afterwards,
        }
      );
    },
  });
  const timer = setInterval(drain, DRAIN_MS);

  return {
    webhooksUrl: webhooks.url,
    segmentUrl: segment.url,
    /** Lets a life call. */
    expect: life => source.writeKeys.push(life),
    /** All calls so far, by destination. */
    calls() {
      drain();
      calls.segment.forEach((call, index) => {
        call.life = segment.requests[index].writeKey;
      });
      return calls;
    },
    async close() {
      clearInterval(timer);
      await Promise.all([webhooks.close(), segment.close()]);
    },
  };
}
