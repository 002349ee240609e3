import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { auditedResources } from './auditedResources';
import { createRedactor } from './createRedactor';
import { identifyingMeta } from './identifyingMeta';

const keysOf = (
  meta: JsonObject,
  event = 'entity-mutate',
  plugin = 'catalog',
) => {
  const { resource, resources = [] } = auditedResources({
    plugin,
    event,
    meta,
  });
  return [resource.key, ...resources];
};

describe('auditedResources', () => {
  it.each<[JsonObject, string[]]>([
    [{ entityRef: 'Component:Shop' }, ['entity:component:default/shop']],
    [
      { entityRefs: ['component:a', 'api:team/b', 'no ref'] },
      ['entity:component:default/a', 'entity:api:team/b'],
    ],
    [{ templateRef: 'template:default/new' }, ['entity:template:default/new']],
    [{ kind: 'System', name: 'pay' }, ['entity:system:default/pay']],
    [
      { entity: { kind: 'API', metadata: { namespace: 'x', name: 'y' } } },
      ['entity:api:x/y'],
    ],
    [{ uid: 'u-1' }, ['catalog:entity-uid:u-1']],
    [{ colour: 'red' }, ['backstage:plugin:catalog']],
    [{ entityRef: 7, kind: 'x', entity: 'y' }, ['backstage:plugin:catalog']],
    [
      { entityRef: `component:${'x'.repeat(600)}` },
      ['backstage:plugin:catalog'],
    ],
    [{ uid: 'line\nbreak' }, ['backstage:plugin:catalog']],
  ])('%j', (meta, keys) => {
    expect(keysOf(meta)).toEqual(keys);
  });

  it('names what a plugin has by an id', () => {
    expect(
      keysOf({ taskId: 't1', templateRef: 'template:a' }, 'task', 'scaffolder'),
    ).toEqual(['entity:template:default/a', 'scaffolder:task:t1']);
    expect(keysOf({ id: 'l1' }, 'location-mutate')).toEqual([
      'catalog:location:l1',
    ]);
  });

  it('takes no secrets of a location into a key', () => {
    const target = 'https://jo:pw@host/a.yaml?token=t#x';
    expect(keysOf({ location: { target } }, 'location-mutate')).toEqual([
      'catalog:location:https://host/a.yaml',
    ]);
  });

  it('takes nothing into a key that is a secret by its name or its form', () => {
    const redactor = createRedactor(mockServices.rootConfig());
    const about = (meta: JsonObject) => keysOf(identifyingMeta(meta, redactor));
    expect(
      about({
        sessionId: 'planted',
        tokenId: 'ghp_0123456789abcdefghijABCDEFGHIJ012345',
        taskId: 't1',
        entity: {
          kind: 'API',
          metadata: { name: 'y' },
          spec: { definition: 'x'.repeat(100_000) },
        },
      }),
    ).toEqual(['entity:api:default/y', 'catalog:task:t1']);
  });
});
