import { stringifyEntityRef } from '@backstage/catalog-model';
import type { JsonObject, JsonValue } from '@backstage/types';
import {
  entityResourceKey,
  parseResourceKey,
  resourceKey,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEventInput } from '../AuditEventInput';

/** Keys whose values are refs of entities. */
const REF_KEY = /^(.*entityRefs?|targetRefs?|templateRefs?)$/i;
/** Most resources of an event. */
const MAX_RESOURCES = 20;

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function entityKeyOf(ref: JsonValue | undefined): string[] {
  if (typeof ref !== 'string') {
    return [];
  }
  try {
    const key = entityResourceKey(ref);
    return parseResourceKey(key) ? [key] : [];
  } catch {
    return [];
  }
}

/** The key of an entity that is given by its parts, or as a whole. */
function entityOf(value: JsonObject): string[] {
  const metadata = isObject(value.metadata) ? value.metadata : value;
  const { namespace, name } = metadata;
  if (
    typeof value.kind !== 'string' ||
    typeof name !== 'string' ||
    (namespace !== undefined && typeof namespace !== 'string')
  ) {
    return [];
  }
  return entityKeyOf(stringifyEntityRef({ kind: value.kind, namespace, name }));
}

/** What a location points to, without what a URL may have of secrets. */
function targetOf(target: JsonValue | undefined): string | undefined {
  if (typeof target !== 'string') {
    return undefined;
  }
  try {
    const { origin, pathname } = new URL(target);
    return `${origin}${pathname}`;
  } catch {
    return undefined;
  }
}

/** The key of something that has an id within a plugin. */
function keyOf(plugin: string, type: string, id: JsonValue | undefined) {
  if ((typeof id !== 'string' && typeof id !== 'number') || id === '') {
    return [];
  }
  try {
    const key = resourceKey({
      namespace: plugin,
      type: type.toLowerCase(),
      id: String(id),
    });
    return parseResourceKey(key) ? [key] : [];
  } catch {
    return [];
  }
}

/** `taskId` is the id of a `task`. */
function ownThingsOf(plugin: string, event: string, meta: JsonObject) {
  // `location-mutate` with an `id` is about a location.
  const subject = event.split('-')[0];
  return Object.entries(meta).flatMap(([name, value]) => {
    if (name === 'id' || name === 'uid') {
      return keyOf(plugin, name === 'id' ? subject : `${subject}-uid`, value);
    }
    const thing = /^([a-z]+)Id$/.exec(name)?.[1];
    if (thing) {
      return keyOf(plugin, thing, value);
    }
    return name === subject && isObject(value)
      ? keyOf(plugin, subject, value.id ?? targetOf(value.target))
      : [];
  });
}

/**
 * What an audited use is about, by what its `meta` names:
 *
 * 1. entities: `entityRef`, `entityRefs`, `templateRef`, …; `kind`, `namespace`
 *    and `name`; an `entity` as a whole;
 * 2. what the plugin has by an id: `taskId` is `<plugin>:task:<id>`, `id` or
 *    `uid` that of what the event is named after;
 * 3. else the plugin itself, `backstage:plugin:<plugin>`.
 *
 * The first is the primary one; an event belongs to all of them.
 */
export function auditedResources(options: {
  plugin: string;
  event: string;
  meta: JsonObject;
}): Pick<AuditEventInput, 'resource' | 'resources'> {
  const { plugin, event, meta } = options;
  const refs = Object.entries(meta)
    .filter(([name]) => REF_KEY.test(name))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]));
  const keys = [
    ...refs.flatMap(entityKeyOf),
    ...entityOf(meta),
    ...(isObject(meta.entity) ? entityOf(meta.entity) : []),
    ...ownThingsOf(plugin, event, meta),
  ];
  const [first, ...others] = [...new Set(keys)].slice(0, MAX_RESOURCES);
  return first
    ? {
        resource: { key: first },
        ...(others.length > 0 && { resources: others }),
      }
    : { resource: { key: `backstage:plugin:${plugin}`, name: plugin } };
}
