import type { JsonObject } from '@backstage/types';
import { resourceKey } from 'backstage-plugin-audit-trail-common';
import { text } from './text';

/** Today's names of what has another name everywhere else. */
const OTHER_NAMES: Record<string, string> = {
  'storage-destination': 'warehouse',
};

function key(type: string, id: string) {
  return resourceKey({ namespace: 'segment', type, id });
}

/** `spaces/default/audiences/aud_1` → [['spaces','default'],['audiences','aud_1']] */
function pathPairs(path: string): [string, string][] {
  const parts = path.split('/');
  if (parts.length < 2 || parts.length % 2 !== 0 || parts.includes('')) {
    return [];
  }
  return parts.flatMap((part, at): [string, string][] =>
    at % 2 === 0 ? [[part, parts[at + 1]]] : [],
  );
}

/**
 * Keys of all that an event belongs to, the primary resource's first. Slugs
 * in a path are unique within a workspace only, so their ids are
 * `<workspace>/<slug>`; ids with Segment's prefix are unique by themselves.
 */
export function mapResourceKeys(
  resourceType: string,
  resourceId: string,
  workspace: string,
  details: JsonObject,
): string[] {
  const plain = resourceType.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const type = OTHER_NAMES[plain] ?? (/^[a-z]/.test(plain) ? plain : 'other');
  const pairs = pathPairs(resourceId);
  const ownId = pairs.length > 0 ? pairs[pairs.length - 1][1] : resourceId;
  const keys = new Set([key(type, ownId)]);
  for (const [collection, id] of pairs.slice(0, -1)) {
    if (collection === 'sources') {
      keys.add(key('source', `${workspace}/${id}`));
    } else if (collection === 'spaces') {
      keys.add(key('space', /^spa_/.test(id) ? id : `${workspace}/${id}`));
    }
  }
  for (const [field, fieldType] of Object.entries({
    source_id: 'source',
    warehouse_id: 'warehouse',
    space_id: 'space',
    tracking_plan_id: 'tracking-plan',
  })) {
    const id = text(details[field]);
    if (id) {
      keys.add(key(fieldType, id));
    }
  }
  return [...keys];
}
