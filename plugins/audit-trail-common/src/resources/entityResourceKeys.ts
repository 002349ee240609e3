import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_SEGMENT_SOURCE_ID,
  ANNOTATION_SEGMENT_SPACE_ID,
  ANNOTATION_SEGMENT_WAREHOUSE_ID,
  ANNOTATION_SEGMENT_WORKSPACE,
} from './annotations';
import {
  entityResourceKey,
  parseResourceKey,
  resourceKey,
} from './resourceKey';

const TYPE_BY_ANNOTATION = {
  [ANNOTATION_SEGMENT_SOURCE_ID]: 'source',
  [ANNOTATION_SEGMENT_WAREHOUSE_ID]: 'warehouse',
  [ANNOTATION_SEGMENT_SPACE_ID]: 'space',
};

type EntityLike = Pick<Entity, 'kind' | 'metadata'>;

/**
 * Whether an entity stands for a Segment source, warehouse or space.
 *
 * @public
 */
export function entityHasSegmentResources(entity: EntityLike): boolean {
  return Object.keys(TYPE_BY_ANNOTATION).some(annotation =>
    Boolean(entity.metadata.annotations?.[annotation]),
  );
}

/**
 * Keys of the resources that an entity stands for: the entity itself, and the
 * sources, warehouses and spaces that its annotations name.
 *
 * @remarks
 *
 * Segment's deliveries name some resources by a slug that is unique within a
 * workspace only; such a resource's id is `<workspace>/<slug>`. An entity with
 * the `segment.com/workspace` annotation therefore has both forms of each key.
 * An annotation that makes no valid key is left out.
 *
 * @public
 */
export function entityResourceKeys(entity: EntityLike): string[] {
  const annotations = entity.metadata.annotations ?? {};
  const workspace = annotations[ANNOTATION_SEGMENT_WORKSPACE]?.trim();
  const keys = new Set([
    entityResourceKey(
      stringifyEntityRef({
        kind: entity.kind,
        namespace: entity.metadata.namespace,
        name: entity.metadata.name,
      }),
    ),
  ]);
  for (const [annotation, type] of Object.entries(TYPE_BY_ANNOTATION)) {
    for (const part of (annotations[annotation] ?? '').split(',')) {
      const id = part.trim();
      if (id) {
        keys.add(resourceKey({ namespace: 'segment', type, id }));
        if (workspace) {
          const scoped = `${workspace}/${id}`;
          keys.add(resourceKey({ namespace: 'segment', type, id: scoped }));
        }
      }
    }
  }
  return [...keys].filter(key => parseResourceKey(key));
}
