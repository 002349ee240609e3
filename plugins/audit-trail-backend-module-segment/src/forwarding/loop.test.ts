import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import type { Forwarder } from 'backstage-plugin-audit-trail-node';
import { DEMO_SOURCE } from '../__testUtils__/examples';
import { auditEvent } from '../__testUtils__/auditEvent';
import {
  segmentForwarder,
  stopTrackingApis,
  trackingApi,
  webhookIntake,
} from '../__testUtils__/segment';
import { LoopGuard } from './LoopGuard';

afterEach(stopTrackingApis);

/** Rounds after which a loop is taken to be endless. */
const MAX_ROUNDS = 20;

/**
 * A portal that takes in what Segment's webhook delivers, and forwards all to
 * sources of the same workspace. `deliverForwarded` connects the webhook to
 * those sources, too, so that everything that was forwarded comes back.
 */
async function runPortal(options: {
  events: AuditEvent[];
  sources: (typeof DEMO_SOURCE & { blocksNewEvents?: boolean })[];
  config?: object[];
  deliverForwarded?: boolean;
  /** Forwarders as they should not be, to show that the test can fail. */
  unguarded?: boolean;
}) {
  let deliveries: unknown[] = [];
  const api = await trackingApi({
    sources: options.sources,
    onAudit: delivery => deliveries.push(delivery),
    onEvent: event => options.deliverForwarded && deliveries.push(event),
  });
  const guard = new LoopGuard();
  const forwarders: Forwarder[] = options.sources.map((source, index) =>
    segmentForwarder(api, {
      destinationId: source.slug,
      guard,
      config: { writeKey: source.writeKeys[0], ...options.config?.[index] },
    }),
  );
  const intake = webhookIntake();
  const stored = new Map(options.events.map(event => [event.id, event]));
  const skipped: string[] = [];
  let dropped = 0;
  let rounds = 0;
  let fresh = options.events;
  while (fresh.length > 0 && rounds < MAX_ROUNDS) {
    rounds++;
    for (const forwarder of forwarders) {
      const due = fresh.filter(event => {
        const reason = options.unguarded ? undefined : forwarder.skip!(event);
        skipped.push(...(reason ? [event.originalType] : []));
        return !reason;
      });
      if (due.length > 0) {
        await forwarder.forward({
          events: due,
          signal: new AbortController().signal,
        });
      }
    }
    const delivered = deliveries;
    deliveries = [];
    fresh = [];
    if (delivered.length > 0) {
      const result = await intake.receive(delivered);
      expect(result.faults).toEqual([]);
      dropped += result.dropped!['forwarded-by-us'] ?? 0;
      fresh = result.events.map(({ event }) => auditEvent(event));
      fresh.forEach(event => stored.set(event.id, event));
    }
  }
  return { api, dropped, rounds, skipped, stored };
}

const events = ['Warehouse Disabled', 'Source Created', 'Label Created'].map(
  (type, index) => auditEvent({ type, sourceEventId: `event-${index}` }),
);
const blocking = { ...DEMO_SOURCE, blocksNewEvents: true };
const other = {
  ...blocking,
  id: 'cP2mXw8sLd',
  slug: 'audit_trail_labels',
  writeKeys: ['other-write-key'],
};

describe('forwarding to a source of the same workspace', () => {
  it.each([
    ['audit', 1],
    ['label', 3],
  ])(
    'ends although Segment tells of new events, named by %s',
    async (eventName, names) => {
      const { rounds, skipped, stored } = await runPortal({
        events,
        sources: [DEMO_SOURCE],
        config: [{ eventName }],
      });
      expect(rounds).toBe(2);
      expect(skipped).toEqual(Array(names).fill('New Event Allowed'));
      // What Segment tells is kept in the trail; it is only not sent back.
      expect(stored.size).toBe(events.length + names);
    },
  );

  it('ends although Segment tells of each event that it blocks', async () => {
    const { rounds, skipped } = await runPortal({
      events,
      sources: [blocking],
      config: [{ sourceId: blocking.id }],
    });
    expect(rounds).toBe(2);
    expect(skipped).toEqual(Array(3).fill('New Event Blocked'));
  });

  it('would not end without the guard', async () => {
    const { rounds } = await runPortal({
      events,
      sources: [blocking],
      unguarded: true,
    });
    expect(rounds).toBe(MAX_ROUNDS);
  });

  it('ends with two destinations, each of which Segment tells of to the other', async () => {
    const { rounds, skipped } = await runPortal({
      events,
      sources: [blocking, other],
      config: [
        { sourceId: blocking.id },
        { sourceId: other.id, eventName: 'label' },
      ],
    });
    expect(rounds).toBe(2);
    // Three events, told of by two sources, and sent on by neither forwarder.
    expect(skipped).toHaveLength(3 * 2 * 2);
  });

  it('does not store what was forwarded when it comes back', async () => {
    const { api, dropped, rounds, stored } = await runPortal({
      events,
      sources: [DEMO_SOURCE],
      config: [{ eventName: 'label' }],
      deliverForwarded: true,
    });
    expect(rounds).toBe(2);
    expect(api.received).toHaveLength(events.length);
    expect(dropped).toBe(events.length);
    expect(
      [...stored.values()].filter(({ type }) => type === 'warehouse.disabled'),
    ).toHaveLength(1);
  });
});
