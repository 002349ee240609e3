import type { Knex } from 'knex';
import type { AuditEventInput } from 'backstage-plugin-audit-trail-node';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { addDestination } from '../__testUtils__/destinations';
import { seededRandom } from '../__testUtils__/events';
import { ActivityRegistry } from '../activities/ActivityRegistry';
import { DatabaseActivitiesStore } from '../database/DatabaseActivitiesStore';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { DatabaseDeliveryQueue } from '../database/forwarding/DatabaseDeliveryQueue';
import { DatabaseDestinationsStore } from '../database/forwarding/DatabaseDestinationsStore';
import { DatabaseIntakeStatesStore } from '../database/DatabaseIntakeStatesStore';
import type { DeliverySignals } from '../forwarding/DeliverySignals';
import { DeliveryOutbox } from '../forwarding/DeliveryOutbox';
import { IngestService } from '../ingest/IngestService';
import { EventRedactor } from 'backstage-plugin-audit-trail-node/redaction';
import { EventUnion } from './EventUnion';
import { sourcesOfSeveral } from './sourcesOfSeveral';

jest.setTimeout(180_000);

const databases = new TestTrailDatabases();

const START = Date.UTC(2026, 5, 1, 12);
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();

const byWebhook = (
  id: string,
  seconds: number,
  more: Partial<AuditEventInput> = {},
) => ({
  intake: 'segment-webhook',
  event: {
    sourceEventId: `api-${id}`,
    type: 'Warehouse Disabled',
    occurredAt: at(seconds),
    workspace: 'ws1',
    actor: { type: 'user' as const, id: 'u1' },
    resource: { key: 'segment:warehouse:w1', name: 'orders' },
    resources: ['segment:source:s1'],
    details: { subject: 'users/u1', target: 'orders', password: 'hunter2' },
    ...more,
  },
});

const byApi = (
  id: string,
  seconds: number,
  more: Partial<AuditEventInput> = {},
) => ({
  intake: 'segment-api',
  event: {
    sourceEventId: id,
    type: 'Storage Destination Disabled',
    occurredAt: at(seconds),
    workspace: 'ws1',
    actor: { type: 'user' as const, id: 'u1', email: 'jm@example.com' },
    resource: { key: 'segment:warehouse:w1' },
    resources: ['segment:space:x'],
    details: { resource_id: 'w1', apiKey: 'hunter3' },
    ...more,
  },
});

type Told = ReturnType<typeof byWebhook> | ReturnType<typeof byApi>;

async function createTrail(knex: Knex) {
  const destinations = DatabaseDestinationsStore.create({ knex });
  await addDestination(knex, 'all');
  await addDestination(knex, 'mail', { text: 'jm example' });
  const store = DatabaseAuditEventsStore.create({
    knex,
    union: EventUnion.create({ sources: ['segment'] }),
    listener: DeliveryOutbox.create({
      destinationIds: ['all', 'mail'],
      destinations,
      queue: DatabaseDeliveryQueue.create({ knex }),
      pulled: {
        intakes: ['segment-api'],
        states: DatabaseIntakeStatesStore.create({ knex }),
      },
      signals: { queued: () => {} } as DeliverySignals,
    }),
  });
  const redactor = EventRedactor.create({
    config: { keys: [], allow: [] },
    key: 'a-key',
  });
  const ingest = IngestService.create({
    activities: ActivityRegistry.create({
      redactor,
      store: DatabaseActivitiesStore.create({ knex }),
    }),
    store,
    redactor,
  });
  const take = async (...told: Told[]) =>
    ingest.ingest({
      origin: { source: 'segment', intake: told[0].intake },
      resendable: false,
      events: told.map(({ event }, index) => ({ place: `[${index}]`, event })),
    });
  return { store, take };
}

describe.each(databases.eachSupportedId())(
  'one entry for one fact on %s',
  databaseId => {
    let knex: Knex;
    let trail: Awaited<ReturnType<typeof createTrail>>;
    beforeEach(async () => {
      knex = await databases.init(databaseId);
      trail = await createTrail(knex);
    });

    const all = async () =>
      trail.store.list({ criteria: { filter: {} }, order: 'asc', limit: 500 });
    const queued = async () =>
      (
        await knex('audit_deliveries').orderBy(['destination_id', 'event_id'])
      ).map(row => [row.destination_id, row.event_id]);

    it('adds what the other intake tells, whichever comes first', async () => {
      for (const [hour, [first, second]] of [
        [byWebhook, byApi],
        [byApi, byWebhook],
      ].entries()) {
        const seconds = hour * 3600;
        await trail.take(first(`first-${hour}`, seconds + 0.2));
        await trail.take(second(`second-${hour}`, seconds));
      }
      const events = await all();
      expect(events.map(({ intakes }) => intakes)).toEqual([
        ['segment-webhook', 'segment-api'],
        ['segment-api', 'segment-webhook'],
      ]);
      for (const event of events) {
        expect(event).toMatchObject({
          type: 'warehouse.disabled',
          actor: { id: 'u1', email: 'jm@example.com' },
          resource: { key: 'segment:warehouse:w1', name: 'orders' },
          details: {
            subject: 'users/u1',
            target: 'orders',
            resource_id: 'w1',
            password: expect.stringMatching(/^\[redacted:/),
            apiKey: expect.stringMatching(/^\[redacted:/),
          },
        });
        expect([...event.resources].sort()).toEqual([
          'segment:source:s1',
          'segment:space:x',
          'segment:warehouse:w1',
        ]);
      }
      const found = async (filter: object) => trail.store.count({ filter }, 10);
      expect(await found({ text: 'jm@example.com users orders' })).toBe(2);
      expect(await found({ resources: ['segment:space:x'] })).toBe(2);
      expect(await found({ resources: ['segment:source:s1'] })).toBe(2);
      const rows = JSON.stringify(await knex('audit_events'));
      expect(rows).not.toMatch(/hunter/);
    });

    it('changes nothing when it is read again, and answers with one id', async () => {
      const first = await trail.take(byWebhook('a', 0));
      const second = await trail.take(byApi('b', 0.4));
      expect(second).toMatchObject({ accepted: 0, duplicates: 1 });
      expect(second.ids).toEqual(first.ids);
      const before = await knex('audit_events');
      for (const told of [byApi('b', 0.4), byWebhook('a', 0)]) {
        expect((await trail.take(told)).ids).toEqual(first.ids);
      }
      expect(await knex('audit_events')).toEqual(before);
      expect(await knex('audit_event_aliases')).toHaveLength(1);
      const [{ id }] = await knex('audit_event_aliases');
      const event = await trail.store.get(id, { filter: {} });
      expect(event?.id).toBe(first.ids[0]);
    });

    it.each<[string, Partial<AuditEventInput>]>([
      ['another workspace', { workspace: 'ws2' }],
      ['another activity', { type: 'Storage Destination Deleted' }],
      ['another actor', { actor: { type: 'user', id: 'u2' } }],
      ['another resource', { resource: { key: 'segment:warehouse:w2' } }],
      ['another time', { occurredAt: at(5.001) }],
    ])('leaves %s alone', async (_, other) => {
      await trail.take(byWebhook('a', 0));
      await trail.take(byApi('b', 0, other));
      expect(await all()).toHaveLength(2);
    });

    it('keeps two changes two, in any order and any batches', async () => {
      const told = (hour: number): Told[] => [
        byWebhook(`w1-${hour}`, hour * 3600),
        byWebhook(`w2-${hour}`, hour * 3600 + 3),
        byApi(`a1-${hour}`, hour * 3600 + 0.3),
        byApi(`a2-${hour}`, hour * 3600 + 3.3),
      ];
      const orders = [
        [0, 1, 2, 3],
        [2, 3, 0, 1],
        [0, 3, 2, 1],
        [3, 0, 1, 2],
        [1, 2, 0, 3],
        // One delivery was lost.
        [0, 3, 2],
        [2, 1, 3],
      ];
      for (const [hour, order] of orders.entries()) {
        for (const index of order) {
          await trail.take(told(hour)[index]);
        }
      }
      const hour = orders.length;
      const [w1, w2, a1, a2] = told(hour);
      await Promise.all([trail.take(w1, w2), trail.take(a2, a1)]);
      const events = await all();
      expect(events).toHaveLength((orders.length + 1) * 2);
      expect(events.filter(({ intakes }) => intakes.length === 2)).toHaveLength(
        (orders.length + 1) * 2 - 2,
      );
    });

    it('forwards it once, and again only where the filter chooses it now', async () => {
      const {
        ids: [id],
      } = await trail.take(byWebhook('a', 0));
      expect(await queued()).toEqual([['all', id]]);
      await trail.take(byApi('b', 0));
      await trail.take(byApi('b', 0));
      expect(await queued()).toEqual([
        ['all', id],
        ['mail', id],
      ]);
    });

    it('forwards no history that is read at first', async () => {
      await knex('audit_intake_states').insert({
        intake: 'segment-api',
        target: 'acme',
        workspace: 'ws1',
        started_at: new Date(at(100)),
        failures: 0,
      });
      await trail.take(byApi('before', 0), byApi('after', 200));
      const [before, after] = await all();
      const ofAfter = [
        ['all', after.id],
        ['mail', after.id],
      ];
      expect(await queued()).toEqual(ofAfter);
      // It was delivered late, and so it is news.
      await trail.take(byWebhook('late', 0));
      const ofBefore = [
        ['all', before.id],
        ['mail', before.id],
      ];
      expect((await queued()).sort()).toEqual([...ofBefore, ...ofAfter].sort());
    });

    it('holds for several replicas at once', async () => {
      const random = seededRandom(11);
      const told: Told[] = [];
      for (let fact = 0; fact < 80; fact++) {
        const actor = { type: 'user' as const, id: `u${fact % 7}` };
        const seconds = fact * 20;
        told.push(
          byWebhook(`w${fact}`, seconds, { actor }),
          byApi(`a${fact}`, seconds + random(), { actor }),
        );
      }
      told.sort(() => random() - 0.5);
      const trails = await Promise.all([1, 2, 3].map(() => createTrail(knex)));
      await Promise.all(
        [...told, ...told].map(async (one, index) =>
          trails[index % 3].take(one),
        ),
      );
      const events = await all();
      expect(events).toHaveLength(80);
      expect(events.every(({ intakes }) => intakes.length === 2)).toBe(true);
      expect(await knex('audit_event_aliases')).toHaveLength(80);
      expect(await queued()).toHaveLength(80);
    });
  },
);

describe('sourcesOfSeveral', () => {
  it('are those with intakes of different kinds', () => {
    expect(
      sourcesOfSeveral([
        { id: 'segment-webhook', source: 'segment' },
        { id: 'segment-api', source: 'segment' },
        { id: 'other', source: 'other' },
        { id: 'other', source: 'other' },
      ]),
    ).toEqual(['segment']);
  });
});
