import type { Entity } from '@backstage/catalog-model';
import { entityResourceKeys } from 'backstage-plugin-audit-trail-common';
import { createRandom } from '../__testUtils__/examples';
import { validateEntity } from '../__testUtils__/validateEntity';
import {
  readSource,
  readSpace,
  readWarehouse,
  type SegmentResource,
} from '../publicApi/resources';
import { toEntities } from './toEntities';

const SECRET = 'planted-secret';
const WORKSPACE = { id: 'ws1', slug: 'acme' };
const READERS = [readSource, readWarehouse, readSpace];

/** Where secrets stand in answers, and where a hostile answer puts them. */
const hiding = {
  writeKeys: [SECRET],
  settings: {
    password: SECRET,
    credentials: { token: SECRET },
    name: { value: SECRET },
  },
  metadata: {
    options: [{ defaultValue: SECRET }],
    slug: [SECRET],
    name: { toString: SECRET },
    [SECRET]: SECRET,
  },
  labels: [
    SECRET,
    { key: 'owner', value: { team: SECRET } },
    { key: 'owner', description: SECRET },
    { key: 'environment', value: 'prod', [SECRET]: SECRET },
  ],
  name: [SECRET],
  [SECRET]: SECRET,
};

const { below, pick, letters } = createRandom(20261122);

const TEXTS = [
  'shop',
  'Shop',
  'SHOP',
  'sho p',
  'web_shop',
  '-x-',
  '..',
  '.',
  '_',
  '__proto__',
  'constructor',
  '',
  ' ',
  'ä€😀',
  '\u0000\u202e\ud800',
  'x'.repeat(149),
  'x'.repeat(151),
  'a,b',
  'a/b',
  'https://evil.example/',
  '<script>',
];

const VALUES = [null, true, 0, 1e99, [], {}, [[]], { key: 'owner' }];

function value(): unknown {
  switch (below(5)) {
    case 0:
      return pick(VALUES);
    case 1:
      return letters(1 + below(3));
    default:
      return pick(TEXTS);
  }
}

/** An entry as the API never should send it. */
const hostileEntry = () => ({
  ...(below(2) ? hiding : {}),
  id: value(),
  slug: value(),
  ...(below(2) && { name: value() }),
  ...(below(2) && { enabled: value() }),
  ...(below(2) && { metadata: { slug: value(), name: value() } }),
  ...(below(2) && { settings: { name: value(), password: SECRET } }),
  ...(below(2) && {
    labels: Array.from({ length: below(4) }, () => ({
      key: below(2) ? 'owner' : value(),
      value: value(),
    })),
  }),
});

function entitiesOf(resources: SegmentResource[]): Entity[] {
  return toEntities(
    { workspace: WORKSPACE, resources, unreadable: 0 },
    { app: 'https://app.segment.com', ownerLabel: 'owner', defaultOwner: 'x' },
  );
}

/** A hostile workspace: each resource once. */
function hostileResources(): SegmentResource[] {
  const resources = Array.from({ length: 1 + below(30) }, () =>
    pick(READERS)(hostileEntry()),
  ).filter(resource => resource !== undefined);
  return [
    ...new Map(
      resources.map(resource => [`${resource.type}:${resource.id}`, resource]),
    ).values(),
  ];
}

describe('hostile answers', () => {
  it('tell nothing of keys and settings', async () => {
    const entities = entitiesOf(
      READERS.map(read => read({ id: 's1', ...hiding })!),
    );
    expect(entities).toHaveLength(3);
    await Promise.all(entities.map(validateEntity));
    expect(JSON.stringify(entities)).not.toContain(SECRET);
    expect(entities[0].metadata.labels).toEqual({
      'segment.com/environment': 'prod',
    });
  });

  it('make valid entities of different names, each of its own resource', async () => {
    let count = 0;
    for (let round = 0; round < 300; round++) {
      const resources = hostileResources();
      const entities = entitiesOf(resources);
      count += entities.length;
      for (const [index, entity] of entities.entries()) {
        await validateEntity(entity);
        const { type, id, slug } = resources[index];
        const keys = entityResourceKeys(entity).slice(1);
        const own = [id, ...(slug ? [slug] : [])].flatMap(one => [
          `segment:${type}:${one}`,
          `segment:${type}:ws1/${one}`,
        ]);
        expect(own).toEqual(expect.arrayContaining(keys));
        expect(keys).toContain(`segment:${type}:${id}`);
        for (const { url } of entity.metadata.links ?? []) {
          expect(url).toBe(new URL(url).href);
          expect(url).toMatch(/^https:\/\/app\.segment\.com\/acme\/\w+\//);
        }
      }
      const names = entities.map(({ metadata }) => metadata.name);
      expect(new Set(names.map(name => name.toLowerCase())).size).toBe(
        names.length,
      );
      expect(JSON.stringify(entities)).not.toContain(SECRET);
      // The same in another order.
      const again = entitiesOf([...resources].reverse()).reverse();
      expect(again).toEqual(entities);
    }
    expect(count).toBeGreaterThan(1000);
  });
});
