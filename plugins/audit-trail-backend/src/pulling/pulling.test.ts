import type { Knex } from 'knex';
import { mockServices } from '@backstage/backend-test-utils';
import { TestTrailDatabases } from '../__testUtils__/databases';
import {
  DEMO_TOKEN,
  SAMPLE_RESOURCES,
  sampleDeliveries,
  toAuditEvent,
  tokenExpired,
  tooManyRequests,
} from '../__testUtils__/segmentApi';
import {
  createReplica,
  KEY,
  startSegment,
  stopSegments,
  type Segment,
} from './__testUtils__/pulling';

jest.setTimeout(180_000);

const databases = new TestTrailDatabases();

const DAY = 24 * 60 * 60 * 1000;
/** An audit event of some days ago, as the Public API tells of it. */
const told = (id: string, daysAgo: number, more: object = {}) => ({
  id,
  timestamp: new Date(Date.now() - daysAgo * DAY).toISOString(),
  type: 'Storage Destination Disabled',
  actor: 'MNxxtIRCbe',
  actorEmail: 'jm@example.com',
  resourceId: 'HpLcqdFbPX',
  resourceType: 'warehouse',
  resourceName: 'postgres',
  ...more,
});
const FEW = () => [told('a', 0.01), told('b', 1.5), told('c', 2.5)];

afterEach(stopSegments);

describe.each(databases.eachSupportedId())('pulling on %s', databaseId => {
  let knex: Knex;
  beforeEach(async () => {
    knex = await databases.init(databaseId);
  });

  const stored = () => knex('audit_events').orderBy('id', 'desc');
  const pathsOf = ({ requests }: Segment) =>
    requests.map(({ path }: { path: string }) => path);
  const states = async (replica: Awaited<ReturnType<typeof createReplica>>) =>
    (await replica.states.spans(KEY)).map(
      ({ state, reason }) => reason ?? state,
    );

  it('goes back 90 days at first, and then reads what is new', async () => {
    const now = Date.now();
    const deliveries = sampleDeliveries({ now });
    const auditEvents = deliveries.map(toAuditEvent);
    const segment = await startSegment({ auditEvents });
    const replica = await createReplica({ knex, segment, reachMs: 'all' });
    await replica.run();
    const checks = deliveries.filter(
      ({ properties }) => properties.type === 'Permission Check',
    ).length;
    expect(checks).toBeGreaterThan(0);
    expect(replica.drops).toEqual({ 'permission-check': checks });
    expect(await stored()).toHaveLength(deliveries.length - checks);
    const [span, ...others] = await replica.states.spans(KEY);
    expect(others).toEqual([]);
    expect(span.state).toBe('complete');
    expect((span.to - span.from) / DAY).toBeCloseTo(90, 1);

    auditEvents.push(told('new', 0) as any);
    const before = segment.requests.length;
    await replica.run();
    expect(await stored()).toHaveLength(deliveries.length - checks + 1);
    expect(pathsOf(segment).slice(before)).toEqual(['/', '/audit-events']);
    const [{ query }] = segment.requests.slice(-1);
    const from = new URLSearchParams(query).get('startTime')!;
    expect(Date.parse(from)).toBeLessThan(now - 60 * 60 * 1000 + 60_000);
    expect(Date.parse(from)).toBeGreaterThan(now - 2 * 60 * 60 * 1000);
  });

  it('stores an event as all others are, with who it was', async () => {
    const segment = await startSegment({
      auditEvents: [
        told('a', 1, { actorEmail: undefined }),
        told('b', 2, {
          type: 'Audience Created',
          actor: 'users/gone',
          resourceType: 'AUDIENCE',
          resourceId: 'spaces/default/audiences/aud_1',
        }),
        told('c', 3, { actor: '__system__', actorEmail: undefined }),
      ],
    });
    await (await createReplica({ knex, segment })).run();
    const [first, second, third] = await stored();
    expect(first).toMatchObject({
      type: 'warehouse.disabled',
      original_type: 'Storage Destination Disabled',
      workspace: 'VWDxzzIpI5',
      source: 'segment',
      intakes: '["segment-api"]',
      actor_type: 'user',
      actor_id: 'MNxxtIRCbe',
      actor_name: 'Jana Mertens',
      actor_email: 'jm@example.com',
      resource_key: 'segment:warehouse:HpLcqdFbPX',
      resource_name: 'postgres',
    });
    expect(second).toMatchObject({
      actor_id: 'gone',
      actor_name: null,
      actor_email: 'jm@example.com',
      resources: JSON.stringify([
        'segment:audience:aud_1',
        'segment:space:VWDxzzIpI5/default',
      ]),
    });
    expect(third).toMatchObject({
      actor_type: 'system',
      actor_name: 'Segment',
    });
  });

  it('names those who have left since, on deliveries too', async () => {
    const users = SAMPLE_RESOURCES.users.slice();
    const segment = await startSegment({ users });
    const times = { actorsEveryMs: 0 };
    const replica = await createReplica({ knex, segment, times });
    await replica.run();
    users.splice(0);
    await replica.run();
    await replica.ingest.ingest({
      origin: { source: 'segment', intake: 'segment-webhook' },
      resendable: false,
      events: [
        {
          place: '',
          event: {
            sourceEventId: 'api-1',
            type: 'Warehouse Disabled',
            occurredAt: new Date().toISOString(),
            workspace: 'VWDxzzIpI5',
            actor: { type: 'user', id: 'MNxxtIRCbe' },
            resource: { key: 'segment:warehouse:HpLcqdFbPX' },
          },
        },
      ],
    });
    expect(await stored()).toMatchObject([
      { actor_name: 'Jana Mertens', actor_email: 'jm@example.com' },
    ]);
  });

  it('reads events even if nobody tells who acts', async () => {
    const segment = await startSegment({
      auditEvents: FEW(),
      faults: ({ path }) => (path === '/users' ? { status: 500 } : undefined),
    });
    const replica = await createReplica({ knex, segment });
    await replica.run();
    expect(await stored()).toHaveLength(3);
    expect(await states(replica)).toEqual(['complete']);
    expect(replica.lines.join('\n')).toContain('does not tell who acts there');
  });

  const isSecondPage = (query: string) =>
    query.includes('pagination%5Bcursor%5D');

  it('keeps what it has of a span whose second page fails, and reads it again', async () => {
    const auditEvents = Array.from({ length: 5 }, (_, index) =>
      told(`e${index}`, 1.2 + index / 100),
    );
    let broken = true;
    const segment = await startSegment({
      auditEvents: [...auditEvents, told('old', 4)],
      faults: ({ query }) =>
        broken && isSecondPage(query) ? { status: 500 } : undefined,
    });
    const replica = await createReplica({ knex, segment, pageSize: 2 });
    await replica.run();
    expect(await stored()).toHaveLength(3);
    expect(await states(replica)).toEqual([
      'complete',
      'unavailable',
      'complete',
    ]);
    broken = false;
    await replica.states.update(KEY, { notBefore: undefined });
    await replica.run();
    expect(await stored()).toHaveLength(6);
    expect(await states(replica)).toEqual(['complete']);
  });

  it('is not stopped by one span that fails for ever', async () => {
    const segment = await startSegment({
      auditEvents: FEW(),
      faults: ({ query }) => {
        const from = new URLSearchParams(query).get('startTime');
        const age = from ? Date.now() - Date.parse(from) : 0;
        return age > 1.9 * DAY && age < 2.5 * DAY ? { status: 500 } : undefined;
      },
    });
    const replica = await createReplica({ knex, segment });
    await replica.run();
    await replica.states.update(KEY, { notBefore: undefined });
    await replica.run();
    expect((await stored()).map(({ resource_name }) => resource_name)).toEqual([
      'postgres',
      'postgres',
    ]);
    expect(await states(replica)).toEqual([
      'complete',
      'unavailable',
      'complete',
    ]);
    // It waits a minute, not longer each time.
    const { notBefore } = (await replica.states.get(KEY))!;
    expect(notBefore!.getTime()).toBeLessThan(Date.now() + 61_000);
  });

  it.each([
    ['an expired token', () => tokenExpired(), 'unauthorized', 60],
    ['a long wait', () => tooManyRequests(600_000), 'rate-limited', 600],
    ['an absurd wait', () => tooManyRequests(1e15), 'rate-limited', 86_400],
    ['errors', () => ({ status: 503 }), 'unavailable', 60],
    ['no answer', () => ({ hang: true }), 'unavailable', 60],
    [
      'nonsense',
      () => ({ status: 200, body: '{"data":{}}' }),
      'not-understood',
      60,
    ],
  ])(
    'says why it cannot read, and does not ask in a loop: %s',
    async (_, fault, reason, seconds) => {
      let broken = true;
      const segment = await startSegment({
        auditEvents: FEW(),
        faults: ({ path }) =>
          broken && path === '/audit-events' ? fault() : undefined,
      });
      const replica = await createReplica({ knex, segment, timeoutMs: 3_000 });
      await replica.run();
      expect(await states(replica)).toEqual([reason]);
      const state = (await replica.states.get(KEY))!;
      expect(state).toMatchObject({ failures: 1, reason });
      expect(state.error).toContain("Segment's Public API");
      const asked = segment.requests.length;
      expect(asked).toBeLessThanOrEqual(4);
      const waits = state.notBefore!.getTime() - Date.now();
      expect(Math.abs(waits / 1000 - seconds)).toBeLessThan(20);

      for (let again = 0; again < 5; again++) {
        await replica.run();
      }
      expect(segment.requests).toHaveLength(asked);
      const said = JSON.stringify([replica.lines, state]);
      expect(said).not.toContain(DEMO_TOKEN);
      expect(said).not.toContain('jm@example.com');

      // A restart, as a new token needs one.
      broken = false;
      await (
        await createReplica({ knex, segment })
      ).runner.start(
        mockServices.scheduler.mock({ scheduleTask: async () => {} }),
      );
      await replica.run();
      expect(await stored()).toHaveLength(3);
      expect(await states(replica)).toEqual(['complete']);
      expect(await replica.states.get(KEY)).toMatchObject({
        failures: 0,
        reason: undefined,
        error: undefined,
        notBefore: undefined,
      });
    },
  );

  it('waits twice as long after each failure, up to an hour', async () => {
    const segment = await startSegment({ token: 'another' });
    const replica = await createReplica({ knex, segment });
    const pauses: number[] = [];
    for (let run = 0; run < 8; run++) {
      await replica.states.update(KEY, { notBefore: undefined });
      await replica.run();
      const { notBefore } = (await replica.states.get(KEY))!;
      pauses.push(Math.round((notBefore!.getTime() - Date.now()) / 60_000));
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('refuses the token of another workspace', async () => {
    const workspace = { ...SAMPLE_RESOURCES.workspace, slug: 'other' };
    const segment = await startSegment({ workspace, auditEvents: FEW() });
    const replica = await createReplica({ knex, segment });
    await replica.run();
    expect(await stored()).toEqual([]);
    expect(await states(replica)).toEqual(['unauthorized']);
  });

  it('tells a gap where an event cannot be stored, and stores the others', async () => {
    const segment = await startSegment({
      auditEvents: [...FEW(), told('x', 1.4, { type: '' })],
    });
    const replica = await createReplica({ knex, segment });
    await replica.run();
    expect(await stored()).toHaveLength(3);
    expect(replica.drops).toEqual({ unreadable: 1 });
    expect(await states(replica)).toEqual([
      'complete',
      'unreadable-events',
      'complete',
    ]);
    const before = segment.requests.length;
    await replica.run();
    expect(segment.requests.length - before).toBe(2);
  });

  it('knows what it can never read again', async () => {
    const segment = await startSegment();
    const replica = await createReplica({ knex, segment, reachMs: 3 * DAY });
    const now = Date.now();
    await replica.states.begin(KEY, new Date(now - 10 * DAY));
    await replica.states.changeSpans(KEY, () => [
      {
        from: now - 12 * DAY,
        to: now - 10 * DAY,
        state: 'gap',
        reason: 'unauthorized',
      },
      { from: now - 10 * DAY, to: now - 9 * DAY, state: 'complete' },
      {
        from: now - 9 * DAY,
        to: now - 2 * DAY,
        state: 'gap',
        reason: 'unauthorized',
      },
    ]);
    await replica.run();
    expect(await states(replica)).toEqual([
      'complete',
      'out-of-reach',
      'complete',
    ]);
    const [first] = await replica.states.spans(KEY);
    expect(first.from).toBe(now - 10 * DAY);
  });

  it('leaves a run that is stopped to the next one', async () => {
    const controller = new AbortController();
    const segment = await startSegment({
      auditEvents: FEW(),
      faults: ({ number }) => {
        if (number === 4) {
          controller.abort();
          return { hang: true };
        }
        return undefined;
      },
    });
    const replica = await createReplica({ knex, segment });
    await replica.run(controller.signal);
    expect(await replica.states.get(KEY)).toMatchObject({ failures: 0 });
    await replica.run();
    expect(await stored()).toHaveLength(3);
    expect(await states(replica)).toEqual(['complete']);
  });
});
