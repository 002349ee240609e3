import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/**
 * What a resource key is made of.
 *
 * @public
 */
export interface ResourceKeyParts {
  /** System the resource lives in: `segment`, or `entity` for the catalog. */
  namespace: string;
  /** Kind of resource, such as `warehouse`. */
  type: string;
  /** Id in that system; may itself contain colons and slashes. */
  id: string;
}

/** Longest resource key, in bytes of UTF-8: what a database index takes. */
const MAX_KEY_BYTES = 512;
/** A unit of a string takes no more of them. */
const MAX_BYTES_PER_UNIT = 3;

/** No control characters and no halves of characters anywhere in it. */
const KEY_PATTERN =
  /^([a-z][a-z0-9-]*):([a-z][a-z0-9-]*):([^\s\p{Cc}\p{Cs}][^\p{Cc}\p{Cs}]*)$/u;

/**
 * Joins the parts of a resource key, such as
 * `segment:warehouse:HpLcqdFbPX`.
 *
 * @public
 */
export function resourceKey(parts: ResourceKeyParts): string {
  return `${parts.namespace}:${parts.type}:${parts.id}`;
}

/** Each event that is read has a key: most are so short that none is encoded. */
const isShort = (key: string) =>
  key.length * MAX_BYTES_PER_UNIT <= MAX_KEY_BYTES ||
  new TextEncoder().encode(key).length <= MAX_KEY_BYTES;

/**
 * Splits a resource key; `undefined` if it is none, for example because it has
 * more than 512 bytes or a control character.
 *
 * @public
 */
export function parseResourceKey(key: string): ResourceKeyParts | undefined {
  const match = KEY_PATTERN.exec(key);
  return match && isShort(key)
    ? { namespace: match[1], type: match[2], id: match[3] }
    : undefined;
}

/**
 * The resource key of a catalog entity itself, such as
 * `entity:resource:default/orders`. Lower case, as entity refs compare.
 *
 * @throws `Error` if it is not an entity ref
 * @public
 */
export function entityResourceKey(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(
    stringifyEntityRef(parseEntityRef(entityRef)),
  );
  return resourceKey({
    namespace: 'entity',
    type: kind,
    id: `${namespace}/${name}`,
  });
}
