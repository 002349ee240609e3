import { entityResourceKeys } from 'backstage-plugin-audit-trail-common';
import { validateEntity } from '../__testUtils__/validateEntity';
import type { SegmentResource } from '../publicApi/resources';
import { toEntities, type EntityOptions } from './toEntities';

const WORKSPACE = { id: 'ws1', slug: 'acme', name: 'Acme' };

const source = (more: Partial<SegmentResource> = {}): SegmentResource => ({
  type: 'source',
  id: 's1',
  slug: 'web_shop',
  labels: [],
  ...more,
});

async function entitiesOf(
  resources: SegmentResource[],
  options: Partial<EntityOptions> = {},
  workspace = WORKSPACE,
) {
  const entities = toEntities(
    { workspace, resources, unreadable: 0 },
    {
      app: 'https://app.segment.com',
      ownerLabel: 'owner',
      defaultOwner: 'unknown',
      ...options,
    },
  );
  await Promise.all(entities.map(validateEntity));
  return entities;
}

const namesOf = async (...args: Parameters<typeof entitiesOf>) =>
  (await entitiesOf(...args)).map(({ metadata }) => metadata.name);

const ownerOf = async (
  labels: SegmentResource['labels'],
  options?: Partial<EntityOptions>,
) => (await entitiesOf([source({ labels })], options))[0].spec?.owner;

describe('toEntities', () => {
  it('makes a source an entity', async () => {
    const [entity] = await entitiesOf(
      [
        source({
          name: 'Web Shop',
          enabled: true,
          kind: { slug: 'javascript', name: 'Javascript' },
          labels: [
            { key: 'environment', value: 'production' },
            { key: 'owner', value: 'web-team' },
          ],
        }),
      ],
      { system: 'system:default/customer-data' },
    );
    expect(entity).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: {
        name: 'acme.source.web_shop',
        title: 'Web Shop',
        description: 'Javascript source of the Segment workspace Acme',
        annotations: {
          'backstage.io/managed-by-location': 'segment-workspace:acme',
          'backstage.io/managed-by-origin-location': 'segment-workspace:acme',
          'segment.com/workspace': 'ws1',
          'segment.com/source-id': 's1,web_shop',
        },
        labels: {
          'segment.com/environment': 'production',
          'segment.com/owner': 'web-team',
        },
        links: [
          {
            url: 'https://app.segment.com/acme/sources/web_shop/overview',
            title: 'Open in Segment',
          },
        ],
        tags: ['enabled', 'javascript'],
      },
      spec: {
        type: 'segment-source',
        owner: 'group:default/web-team',
        system: 'system:default/customer-data',
      },
    });
  });

  it('makes warehouses and spaces entities', async () => {
    const [warehouse, space] = await entitiesOf(
      [
        { type: 'warehouse', id: 'Wh1', name: 'orders', labels: [] },
        { type: 'space', id: 'spa_1', slug: 'default', labels: [] },
      ],
      { app: 'https://eu1.app.segment.com' },
    );
    expect(warehouse).toMatchObject({
      metadata: {
        name: 'acme.warehouse.Wh1',
        title: 'orders',
        annotations: { 'segment.com/warehouse-id': 'Wh1' },
        links: [
          { url: 'https://eu1.app.segment.com/acme/warehouses/Wh1/overview' },
        ],
        tags: [],
      },
      spec: { type: 'segment-warehouse', owner: 'unknown' },
    });
    expect(space).toMatchObject({
      metadata: {
        name: 'acme.space.default',
        title: 'default',
        annotations: { 'segment.com/space-id': 'spa_1,default' },
        links: [
          {
            url: 'https://eu1.app.segment.com/acme/unify/spaces/default/explorer',
          },
        ],
      },
      spec: { type: 'segment-space' },
    });
  });

  it('belongs to the events of its resource and of no other one', async () => {
    const [first, second] = await entitiesOf([
      source({ id: 's1', slug: 'web_shop' }),
      // Whoever names a source after the id of another one sees nothing of it.
      source({ id: 's2', slug: 's1' }),
    ]);
    expect(entityResourceKeys(first)).toEqual([
      'entity:resource:default/acme.source.web_shop',
      'segment:source:s1',
      'segment:source:ws1/s1',
      'segment:source:web_shop',
      'segment:source:ws1/web_shop',
    ]);
    expect(entityResourceKeys(second)).toEqual([
      'entity:resource:default/acme.source.s1',
      'segment:source:s2',
      'segment:source:ws1/s2',
    ]);
  });

  describe('names', () => {
    it('do not depend on what else there is', async () => {
      const web = source({ id: 'a' });
      const others = [
        source({ id: 'b', slug: 'web-shop' }),
        source({ id: 'c', slug: 'web.shop' }),
        source({ id: 'd', type: 'space' }),
        source({ id: 'e', slug: undefined }),
      ];
      expect(await namesOf([...others, web])).toEqual([
        'acme.source.web-shop',
        'acme.source.web.shop',
        'acme.space.web_shop',
        'acme.source.e',
        'acme.source.web_shop',
      ]);
      expect(await namesOf([web])).toEqual(['acme.source.web_shop']);
    });

    it('of two workspaces are never the same', async () => {
      const names = await Promise.all([
        namesOf([source({ slug: 'b' })], {}, { ...WORKSPACE, slug: 'a' }),
        namesOf([source({ slug: 'b' })], {}, { ...WORKSPACE, slug: 'a-b' }),
      ]);
      expect(names.flat()).toEqual(['a.source.b', 'a-b.source.b']);
    });

    it('end with a hash if they would be invalid or too long', async () => {
      const long = 'x'.repeat(100);
      const names = await namesOf([
        source({ id: 'a', slug: `${long}a` }),
        source({ id: 'b', slug: `${long}b` }),
        source({ id: 'c', slug: 'odd~' }),
        source({ id: 'd', slug: 'odd-' }),
      ]);
      expect(names).toEqual([
        expect.stringMatching(/^acme\.source\.x{38}-[0-9a-f]{12}$/),
        expect.stringMatching(/^acme\.source\.x{38}-[0-9a-f]{12}$/),
        expect.stringMatching(/^acme\.source\.odd-[0-9a-f]{12}$/),
        expect.stringMatching(/^acme\.source\.odd-[0-9a-f]{12}$/),
      ]);
      expect(new Set(names).size).toBe(4);
    });

    it('that differ in case only have a hash, whatever their order', async () => {
      const upper = source({ id: 'a', slug: 'Shop' });
      const lower = source({ id: 'b', slug: 'shop' });
      const names = await namesOf([upper, lower]);
      expect(names).toEqual([
        expect.stringMatching(/^acme\.source\.Shop-[0-9a-f]{12}$/),
        expect.stringMatching(/^acme\.source\.shop-[0-9a-f]{12}$/),
      ]);
      expect(await namesOf([lower, upper])).toEqual(names.reverse());
    });
  });

  describe('owner', () => {
    it.each([
      ['team-a', 'group:default/team-a'],
      ['Group:Data/Team_A', 'group:data/team_a'],
      ['user:anna', 'user:default/anna'],
      ['component:default/shop', 'unknown'],
      ['team a', 'unknown'],
      ['a/b/c', 'unknown'],
      ['group:../x', 'unknown'],
    ])('of the label %s is %s', async (value, owner) => {
      expect(await ownerOf([{ key: 'owner', value }])).toBe(owner);
    });

    it('is by the configured label, else the default', async () => {
      const options = {
        ownerLabel: 'team',
        defaultOwner: 'group:default/data',
      };
      expect(await ownerOf([{ key: 'team', value: 'a' }], options)).toBe(
        'group:default/a',
      );
      expect(await ownerOf([{ key: 'owner', value: 'a' }], options)).toBe(
        'group:default/data',
      );
    });

    it('is the first one that can be one', async () => {
      const labels = ['not one', 'b', 'c'].map(value => ({
        key: 'owner',
        value,
      }));
      expect(await ownerOf(labels)).toBe('group:default/b');
    });
  });

  it('makes labels and tags what the catalog takes', async () => {
    const [{ metadata }] = await entitiesOf([
      source({
        enabled: false,
        kind: { slug: 'HTTP__API.v2' },
        labels: [
          { key: 'cost center', value: ' 47/11 (EU) ' },
          { key: 'cost center', value: 'another' },
          { key: '__proto__', value: 'polluted' },
          { key: '---', value: 'x' },
          { key: 'empty', value: '***' },
          { key: 'k'.repeat(100), value: `${'v'.repeat(62)}--` },
        ],
      }),
    ]);
    expect(metadata.labels).toEqual({
      'segment.com/cost-center': '47-11-EU',
      'segment.com/proto': 'polluted',
      [`segment.com/${'k'.repeat(63)}`]: 'v'.repeat(62),
    });
    expect(metadata.tags).toEqual(['disabled', 'http-api-v2']);
  });
});
