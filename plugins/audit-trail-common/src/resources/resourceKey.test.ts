import type { Entity } from '@backstage/catalog-model';
import { entityResourceKeys } from './entityResourceKeys';
import { entityResourceKey, parseResourceKey } from './resourceKey';

describe('parseResourceKey', () => {
  it.each([
    ['segment:warehouse:HpLcqdFbPX', ['segment', 'warehouse', 'HpLcqdFbPX']],
    [
      'entity:resource:default/orders',
      ['entity', 'resource', 'default/orders'],
    ],
    ['a:b:c:d e', ['a', 'b', 'c:d e']],
  ])('splits %s', (key, [namespace, type, id]) => {
    expect(parseResourceKey(key)).toEqual({ namespace, type, id });
  });

  it.each([
    '',
    'orders',
    'a:b:',
    'a:b: c',
    'A:b:c',
    'a:3d:c',
    'a:b:c\0',
    'a:b:c\nd',
    'a:b:\ud800',
    `a:b:${'x'.repeat(512)}`,
    `a:b:${'€'.repeat(171)}`,
  ])('refuses %j', key => {
    expect(parseResourceKey(key)).toBeUndefined();
  });
});

describe('entityResourceKeys', () => {
  const keysOf = (annotations: Record<string, string>) =>
    entityResourceKeys({
      kind: 'Resource',
      metadata: { name: 'Web-Shop', annotations },
    } as Entity);

  it('names the entity and what its annotations name', () => {
    expect(entityResourceKey('Resource:Default/Web-Shop')).toBe(
      'entity:resource:default/web-shop',
    );
    expect(
      keysOf({
        'segment.com/workspace': 'ws',
        'segment.com/source-id': 's1, shop',
        'segment.com/warehouse-id': '',
      }),
    ).toEqual([
      'entity:resource:default/web-shop',
      'segment:source:s1',
      'segment:source:ws/s1',
      'segment:source:shop',
      'segment:source:ws/shop',
    ]);
  });

  it('leaves out what no event can belong to', () => {
    expect(
      keysOf({ 'segment.com/source-id': `${'x'.repeat(4000)},a\0b,s1` }),
    ).toEqual(['entity:resource:default/web-shop', 'segment:source:s1']);
  });
});
