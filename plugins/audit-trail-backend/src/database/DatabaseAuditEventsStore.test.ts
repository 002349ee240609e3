import {
  ACTIVITIES,
  auditEventMatches,
  type AuditEvent,
  type AuditEventFilter,
} from 'backstage-plugin-audit-trail-common';
import { auditEvent, seededRandom } from '../__testUtils__/events';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { EVERYTHING, type AuditEventCriteria } from './criteria';
import { DatabaseAuditEventsStore } from './DatabaseAuditEventsStore';
import { DatabaseResourceOwnersStore } from './DatabaseResourceOwnersStore';
import { dialectOf } from './dialect';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();
const ids = (events: AuditEvent[]) => events.map(({ id }) => id);

describe('dialectOf', () => {
  it('refuses MySQL and says what to do', () => {
    expect(() =>
      dialectOf({ client: { config: { client: 'mysql2' } } } as any),
    ).toThrow(/does not work on the database client "mysql2". Use PostgreSQL/);
  });
});

describe.each(databases.eachSupportedId())(
  'DatabaseAuditEventsStore on %s',
  databaseId => {
    async function createStore() {
      const knex = await databases.init(databaseId);
      return { knex, store: DatabaseAuditEventsStore.create({ knex }) };
    }

    const all = (
      store: DatabaseAuditEventsStore,
      criteria: AuditEventCriteria = EVERYTHING,
    ) => store.list({ criteria, order: 'desc', limit: 10_000 });

    it('gives an event back as it was stored', async () => {
      const { store } = await createStore();
      const event = auditEvent({
        outcome: 'failed',
        actor: {
          type: 'access-token',
          id: 't1',
          name: 'deploy "bot"',
          email: 'bot@example.com',
          entityRef: 'user:default/bot',
        },
        resources: ['segment:source:s1', 'segment:warehouse:w1'],
        changes: [{ path: 'enabled', before: true, after: false }],
        severity: 'high',
        correlationId: 'c1',
        details: { nested: { list: [1, null, 'x\u0000y'], text: '日本' } },
      });
      await store.append([event]);
      expect(await all(store)).toEqual([event]);
      expect(await store.get(event.id, EVERYTHING)).toEqual(event);
    });

    it('stores an event once, however often it comes', async () => {
      const { store } = await createStore();
      const event = auditEvent();
      const answers = [];
      for (let n = 0; n < 50; n++) {
        answers.push(await store.append([event, event]));
      }
      const atOnce = Array.from({ length: 50 }, () => store.append([event]));
      answers.push(...(await Promise.all(atOnce)));
      expect(answers.filter(inserted => inserted.size > 0)).toEqual([
        new Set([event.id]),
      ]);
      expect(await all(store)).toHaveLength(1);
    });

    it('stores all of a batch or nothing', async () => {
      const { store } = await createStore();
      const broken = { ...auditEvent(), verb: null as unknown as string };
      // Not toThrow: SQLite's errors come from outside of the test's realm.
      await expect(store.append([auditEvent(), broken])).rejects.toMatchObject({
        message: expect.stringMatching(/not.null/i),
      });
      expect(await all(store)).toEqual([]);
    });

    it('loses and repeats nothing with ten writers and two readers', async () => {
      const { store } = await createStore();
      const before = Array.from({ length: 200 }, () => auditEvent());
      await store.append(before);

      const written: string[] = [];
      const write = async (writer: number) => {
        for (let n = 0; n < 20; n++) {
          // Half of the events belong between those that readers page over.
          const events = Array.from({ length: 10 }, (_, at) =>
            auditEvent(
              at % 2
                ? { occurredAt: before[(n * 10 + at) % 200].occurredAt }
                : {},
            ),
          );
          // Two writers bring the same events.
          const own = writer % 2 ? events.slice(0, 5) : events;
          const inserted = await store.append(own);
          expect(inserted.size).toBe(own.length);
          expect((await store.append(own)).size).toBe(0);
          written.push(...ids(own));
        }
      };
      const read = async (order: 'asc' | 'desc') => {
        const seen: string[] = [];
        let after: string | undefined;
        for (;;) {
          const page = await store.list({
            criteria: EVERYTHING,
            order,
            after,
            limit: 7,
          });
          seen.push(...ids(page));
          if (page.length < 7) {
            return seen;
          }
          after = page[page.length - 1].id;
        }
      };
      const [newestFirst, oldestFirst] = await Promise.all([
        read('desc'),
        read('asc'),
        ...Array.from({ length: 10 }, (_, writer) => write(writer)),
      ]);

      for (const seen of [newestFirst as string[], oldestFirst as string[]]) {
        expect(new Set(seen).size).toBe(seen.length);
        expect(ids(before).filter(id => !seen.includes(id))).toEqual([]);
      }
      const stored = ids(await all(store));
      expect(stored).toHaveLength(200 + written.length);
      expect(new Set(stored)).toEqual(new Set([...ids(before), ...written]));
    });

    it('chooses the same events in SQL as in memory', async () => {
      const { store } = await createStore();
      const random = seededRandom(7);
      const pick = <T>(from: readonly T[]) =>
        from[Math.floor(random() * from.length)];
      const some = <T>(from: readonly T[]) =>
        random() < 0.3
          ? Array.from({ length: 1 + Math.floor(random() * 2) }, () =>
              pick(from),
            )
          : undefined;
      const types = [
        ...ACTIVITIES.slice(20, 40).map(a => a.label),
        'Label Created',
      ];
      const actors = ['u1', 'u2', "o'neil", '__system__'];
      const keys = ['w1', 'w2', 'w3'].map(id => `segment:warehouse:${id}`);
      const names = ['orders Redshift', 'Straße 50%_', "it's", 'Ünïcode-Ω', ''];
      const start = Date.UTC(2026, 0, 1);

      const events = Array.from({ length: 400 }, (_, n) =>
        auditEvent({
          sourceEventId: `random-${n}`,
          type: pick(types),
          occurredAt: new Date(
            start + Math.floor(random() * 100) * 1000,
          ).toISOString(),
          outcome: pick(['initiated', 'succeeded', 'failed'] as const),
          workspace: pick(['ws1', 'ws2']),
          actor: {
            type: pick(['user', 'system', 'service', 'access-token'] as const),
            id: pick(actors),
          },
          resource: { key: pick(keys), name: pick(names) || undefined },
          resources: some(keys),
          details: { note: pick(names) },
        }),
      );
      await store.append(events);

      let chosen = 0;
      for (let n = 0; n < 300; n++) {
        const values = () => ({
          types: some(events.map(event => event.type)),
          categories: some(events.map(event => event.category)),
          actors: some(actors),
          actorTypes: some(['user', 'system'] as const),
          resources: some(keys),
          workspaces: some(['ws1', 'ws2', 'none']),
          sources: some(['segment', 'other']),
          outcomes: some(['succeeded', 'failed'] as const),
        });
        const bound = () =>
          random() < 0.3 ? pick(events).occurredAt : undefined;
        const filter: AuditEventFilter = {
          ...(random() < 0.7 ? {} : values()),
          not: random() < 0.5 ? undefined : values(),
          harmful: pick([undefined, undefined, true, false]),
          from: bound(),
          to: bound(),
          text: pick([
            undefined,
            undefined,
            'redsh',
            'ORDERS red',
            'straße 50',
            "it's o'neil",
            'ünï',
            "x' or 1=1 --",
            '%',
            'w2',
            '"orders redshift"',
            '"redshift orders"',
            'red "warehouse disabled"',
          ]),
        };
        const expected = events.filter(event =>
          auditEventMatches(event, filter),
        );
        const found = await all(store, { filter });
        expect({ filter, ids: ids(found).sort() }).toEqual({
          filter,
          ids: ids(expected).sort(),
        });
        expect(await store.count({ filter }, 50)).toBe(
          Math.min(50, expected.length),
        );
        chosen += found.length;
      }
      expect(chosen).toBeGreaterThan(1_000);
    });

    it('joins criteria by allOf, anyOf and not', async () => {
      const { store } = await createStore();
      const one = auditEvent({ workspace: 'one' });
      const two = auditEvent({ workspace: 'two', type: 'Source Created' });
      const three = auditEvent({ workspace: 'three' });
      await store.append([one, two, three]);
      const workspace = (name: string) => ({ filter: { workspaces: [name] } });
      const found = async (criteria: AuditEventCriteria) =>
        (await all(store, criteria)).map(event => event.workspace);

      expect(
        await found({ anyOf: [workspace('one'), workspace('two')] }),
      ).toEqual(['two', 'one']);
      expect(
        await found({
          allOf: [
            { not: workspace('one') },
            { not: { filter: { types: ['source.created'] } } },
          ],
        }),
      ).toEqual(['three']);
      expect(await found({ not: EVERYTHING })).toEqual([]);
      expect(
        await found({ not: { anyOf: [workspace('one'), workspace('two')] } }),
      ).toEqual(['three']);
    });

    it('finds events by owner and by entity, as the catalog says now', async () => {
      const { knex, store } = await createStore();
      const owners = DatabaseResourceOwnersStore.create({ knex });
      const own = auditEvent({
        resource: { key: 'segment:integration:i1' },
        resources: ['segment:source:s1'],
      });
      const other = auditEvent({ resource: { key: 'segment:source:s2' } });
      await store.append([own, other]);
      const entity = {
        resourceKey: 'segment:source:s1',
        entityRef: 'resource:default/shop',
      };
      const found = async (criteria: AuditEventCriteria) =>
        ids(await all(store, criteria));

      await owners.replaceAll(
        [
          { ...entity, ownerRef: 'group:default/web' },
          { ...entity, ownerRef: 'user:default/jo' },
          {
            resourceKey: 'segment:source:s2',
            entityRef: 'resource:default/other',
          },
        ],
        [
          {
            groupRef: 'group:default/checkout',
            ancestorRef: 'group:default/web',
          },
          {
            groupRef: 'group:default/web',
            ancestorRef: 'group:default/all',
          },
        ],
      );
      expect(await found({ ownedBy: ['group:default/web'] })).toEqual([own.id]);
      expect(
        await found({ ownedBy: ['user:default/jo', 'group:default/web'] }),
      ).toEqual([own.id]);
      // A group owns what the groups above it own, not the other way round.
      expect(await found({ ownedBy: ['group:default/checkout'] })).toEqual([
        own.id,
      ]);
      expect(await found({ ownedBy: ['group:default/all'] })).toEqual([]);
      expect(await found({ ownedBy: [''] })).toEqual([]);
      expect(await found({ ofEntity: entity.entityRef })).toEqual([own.id]);
      expect((await store.get(other.id, EVERYTHING))?.resource.entityRef).toBe(
        'resource:default/other',
      );
      expect(await owners.ownersOf(own.resources)).toEqual(
        expect.arrayContaining(['group:default/web', 'user:default/jo']),
      );

      await owners.replaceAll(
        [{ ...entity, ownerRef: 'group:default/new' }],
        [],
      );
      expect(await found({ ownedBy: ['group:default/checkout'] })).toEqual([]);
      expect(await found({ ownedBy: ['group:default/web'] })).toEqual([]);
      expect(await found({ ownedBy: ['group:default/new'] })).toEqual([own.id]);
    });

    it('finds rare and frequent words alike', async () => {
      const { store } = await createStore();
      const named = (name: string) =>
        auditEvent({ resource: { key: 'segment:warehouse:w1', name } });
      const frequent = Array.from({ length: 2_100 }, () => named('orders'));
      const rare = named('zyzzyva orders');
      await store.append([...frequent, rare]);
      const text = (words: string) => ({ filter: { text: words } });
      expect(ids(await all(store, text('zyzz')))).toEqual([rare.id]);
      expect(ids(await all(store, { not: text('zyzz') }))).toHaveLength(2_100);
      expect(ids(await all(store, text('orders')))).toHaveLength(2_101);
      expect(ids(await all(store, { not: text('orders') }))).toEqual([]);
      expect(await store.count(text('orders'), 10_000)).toBe(2_101);
      expect(await store.count(text('nowhere'), 10_000)).toBe(0);
    });

    it('finds a phrase where its words follow each other', async () => {
      const { store } = await createStore();
      const named = (name: string) =>
        auditEvent({ resource: { key: 'segment:warehouse:w1', name } });
      const phrase = named('Nightly orders of orders-europe');
      const words = named('Europe: nightly, orders');
      await store.append([phrase, words]);
      const found = async (text: string) =>
        new Set(ids(await all(store, { filter: { text } })));
      const both = new Set([phrase.id, words.id]);
      expect(await found('europe orders')).toEqual(both);
      expect(await found('"nightly ORDERS"')).toEqual(both);
      expect(await found('"orders-europe"')).toEqual(new Set([phrase.id]));
      expect(await found('"orders eur"')).toEqual(new Set());
      // What is still being typed is words.
      expect(await found('"orders eur')).toEqual(both);
      expect(await found('"europe" "nightly orders"')).toEqual(both);
    });

    it('counts the events of what somebody owns as it counts any others', async () => {
      const { knex, store } = await createStore();
      const owners = DatabaseResourceOwnersStore.create({ knex });
      const keys = Array.from({ length: 6 }, (_, n) => `segment:source:s${n}`);
      await owners.replaceAll(
        keys.slice(0, 4).map(resourceKey => ({
          resourceKey,
          entityRef: 'resource:default/shop',
          ownerRef: 'group:default/web',
        })),
        [],
      );
      const events = Array.from({ length: 120 }, (_, n) =>
        auditEvent({
          resource: { key: keys[n % 6] },
          // Every third belongs to all that they own.
          resources: n % 3 ? [] : keys.slice(0, 4),
        }),
      );
      await store.append(events);
      const ownedBy = ['group:default/web'];
      const from = events[40].occurredAt;
      const to = events[90].occurredAt;
      for (const filter of [{}, { from }, { to }, { from, to }]) {
        const criteria = { allOf: [{ ownedBy }, { filter }] } as never;
        const found = await store.list({
          criteria,
          order: 'asc',
          limit: 1_000,
        });
        expect(found.length).toBeGreaterThan(30);
        for (const limit of [1, 7, found.length, found.length + 1, 1_000]) {
          expect(await store.count(criteria, limit)).toBe(
            Math.min(limit, found.length),
          );
        }
      }
    });

    it('counts the values of fields', async () => {
      const { store } = await createStore();
      await store.append([
        auditEvent({ actor: { type: 'user', id: 'a' } }),
        auditEvent({ actor: { type: 'user', id: 'a', name: 'Ann' } }),
        auditEvent({
          type: 'Label Created',
          resources: ['segment:source:s1'],
        }),
      ]);
      const facets = await store.facets({
        criteria: EVERYTHING,
        fields: ['types', 'actors', 'resources'],
        limit: 100,
      });
      expect(facets).toEqual({
        types: [
          {
            value: 'warehouse.disabled',
            label: 'Warehouses Disabled',
            count: 2,
          },
          { value: 'label.created', label: 'Label Created', count: 1 },
        ],
        actors: [
          { value: 'a', label: 'Ann', type: 'user', count: 2 },
          { value: 'u1', label: 'Jo Miller', type: 'user', count: 1 },
        ],
        resources: [
          { value: 'segment:warehouse:w1', label: 'orders', count: 3 },
          { value: 'segment:source:s1', count: 1 },
        ],
      });
      const newest = await store.facets({
        criteria: EVERYTHING,
        fields: ['types'],
        limit: 1,
      });
      expect(newest.types).toEqual([
        { value: 'label.created', label: 'Label Created', count: 1 },
      ]);
    });
  },
);
