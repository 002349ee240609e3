import type { AuditEventSearchField } from 'backstage-plugin-audit-trail-common';
import { TestTrailDatabases } from '../../__testUtils__/databases';
import { auditEvent } from '../../__testUtils__/events';
import { EVERYTHING, type AuditEventCriteria } from '../criteria';
import { DatabaseAuditEventsStore } from '../DatabaseAuditEventsStore';
import { DatabaseResourceOwnersStore } from '../DatabaseResourceOwnersStore';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();

const actor = (id: string, name?: string, email?: string) =>
  auditEvent({ actor: { type: 'user', id, name, email } });

const ACTORS = [
  actor('u1', 'Jo Miller', 'jo@example.com'),
  actor('u2', 'Jürgen Ärger', 'x@example.com'),
  actor('u3', 'Major Tom'),
  actor('jonas-bot'),
  actor('u4', undefined, 'marjo@example.com'),
  actor('u5', '100 % _ \\ \' "', 'odd@example.com'),
];

describe.each(databases.eachSupportedId())('findValues on %s', databaseId => {
  let store: DatabaseAuditEventsStore;
  let owners: DatabaseResourceOwnersStore;

  beforeAll(async () => {
    const knex = await databases.init(databaseId);
    store = DatabaseAuditEventsStore.create({ knex });
    owners = DatabaseResourceOwnersStore.create({ knex });
    await store.append([
      ...ACTORS,
      // Known by a newer name, and seen more often than is counted.
      ...Array.from({ length: 1_005 }, () => actor('u1', 'Joanna Miller')),
      auditEvent({
        resource: { key: 'segment:source:web', name: 'Web shop' },
        actor: { type: 'system', id: 's' },
      }),
      auditEvent({
        resource: { key: 'segment:integration:i1', name: 'To orders' },
        resources: ['segment:source:web', 'segment:source:unnamed'],
        actor: { type: 'system', id: 's' },
      }),
    ]);
    await owners.replaceAll(
      ['segment:source:web', 'segment:integration:i1'].map(resourceKey => ({
        resourceKey,
        entityRef: 'resource:default/web',
        ownerRef: 'group:default/web',
      })),
      [],
    );
  });

  const find = async (
    text: string,
    options: {
      field?: AuditEventSearchField;
      criteria?: AuditEventCriteria;
      ofAll?: boolean;
    } = {},
  ) => {
    const { items, complete } = await store.findValues({
      field: 'actors',
      criteria: EVERYTHING,
      ofAll: true,
      ...options,
      find: text,
    });
    return { values: items.map(({ value }) => value), items, complete };
  };

  it.each([true, false])(
    'finds by id, name and e-mail, the beginnings first (of all: %s)',
    async ofAll => {
      const values = async (text: string) =>
        (await find(text, { ofAll })).values;
      expect(await values('jo')).toEqual(['u1', 'jonas-bot', 'u3', 'u4']);
      expect(await values('MILLER')).toEqual(['u1']);
      // By what they were called once.
      expect(await values('jo miller')).toEqual(['u1']);
      expect(await values('jo@example')).toEqual(['u1', 'u4']);
      expect(await values('ärger jü')).toEqual(['u2']);
      expect(await values('A\u0308rger')).toEqual(['u2']);
      expect(await values('example.com')).toEqual(['u5', 'u1', 'u2', 'u4']);
      expect(await values('nobody')).toEqual([]);
      // What stands for something in SQL stands for itself.
      expect(await values('%')).toEqual(['u5']);
      expect(await values('_')).toEqual(['u5']);
      expect(await values(`' "`)).toEqual(['u5']);
    },
  );

  it('counts events up to 1,000, and leaves out values without any', async () => {
    expect((await find('joanna')).items).toEqual([
      {
        value: 'u1',
        label: 'Joanna Miller',
        type: 'user',
        count: 1_000,
        countCapped: true,
      },
    ]);
    const failed = { filter: { outcomes: ['failed' as const] } };
    expect(await find('joanna', { criteria: failed })).toEqual({
      values: [],
      items: [],
      complete: true,
    });
    expect((await find('joanna', { ofAll: false })).items).toEqual([
      {
        value: 'u1',
        label: expect.stringMatching(/Miller/),
        type: 'user',
        count: 1_006,
        countCapped: false,
      },
    ]);
  });

  it('finds resources by key and name, with all that belongs to them', async () => {
    const options = { field: 'resources' as const };
    expect((await find('shop', options)).items).toEqual([
      {
        value: 'segment:source:web',
        label: 'Web shop',
        type: undefined,
        count: 2,
        countCapped: false,
      },
    ]);
    for (const ofAll of [true, false]) {
      expect((await find('source', { ...options, ofAll })).values).toEqual([
        'segment:source:unnamed',
        'segment:source:web',
      ]);
      expect((await find('unn', { ...options, ofAll })).values).toEqual([
        'segment:source:unnamed',
      ]);
    }
  });

  it('finds nothing of what criteria do not choose', async () => {
    const criteria = { ownedBy: ['group:default/web'] };
    const found = await find('e', { criteria, ofAll: false });
    expect(found).toEqual({ values: [], items: [], complete: true });
    expect((await find('s', { criteria, ofAll: false })).items).toEqual([
      {
        value: 's',
        label: undefined,
        type: 'system',
        count: 2,
        countCapped: false,
      },
    ]);
  });
});
