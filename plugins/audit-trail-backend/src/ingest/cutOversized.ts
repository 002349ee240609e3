import type { JsonObject, JsonValue } from '@backstage/types';
import {
  parseResourceKey,
  resourceKey,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEventInput } from 'backstage-plugin-audit-trail-node';
import {
  MAX_DEPTH,
  MAX_EVENT_BYTES,
  MAX_KEYS,
  MAX_TEXT_LENGTH,
  MAX_TYPE_LENGTH,
} from './limits';

/** Kept free for what an event has beside its details. */
const DETAILS_BYTES = MAX_EVENT_BYTES / 2;
/** Stands for what was too deep or too much to be measured. */
const CUT = '[cut]';

const bytes = (value: JsonValue | undefined) =>
  Buffer.byteLength(JSON.stringify(value) ?? '');

function cutText(text: string, length: number): string;
function cutText(text: string | undefined, length: number): string | undefined;
function cutText(text: string | undefined, length: number) {
  return text && text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** A key that is too long keeps as much of its id as there is room for. */
function cutKey(key: string): string {
  if (parseResourceKey(key)) {
    return key;
  }
  const [namespace, type, ...id] = key.split(':');
  const shortId = cutText(id.join(':'), 120);
  return resourceKey({ namespace, type, id: shortId });
}

/**
 * Cuts what is too large in an event from a source that cannot send it again,
 * so that the event stays: texts and keys at their limits, and details, of
 * which what is too deep, too much or too large is replaced by a marker, the
 * largest first.
 */
export function cutOversized(event: AuditEventInput): AuditEventInput {
  const { actor, resource } = event;
  return {
    ...event,
    type: cutText(event.type, MAX_TYPE_LENGTH),
    actor: {
      ...actor,
      id: cutText(actor.id, MAX_TEXT_LENGTH),
      name: cutText(actor.name, MAX_TEXT_LENGTH),
    },
    resource: {
      key: cutKey(resource.key),
      name: cutText(resource.name, MAX_TEXT_LENGTH),
    },
    resources: event.resources?.map(cutKey),
    details: event.details && cutLargest(cutShape(event.details)),
  };
}

/** Cuts levels and keys beyond their limits. */
function cutShape(details: JsonObject): JsonObject {
  let keys = 0;
  function visit(value: JsonValue | undefined, depth: number): JsonValue {
    if (typeof value !== 'object' || value === null) {
      return value ?? null;
    }
    // Its own keys are counted before it is entered, as a whole.
    keys += Object.keys(value).length;
    if (depth > MAX_DEPTH || keys > MAX_KEYS) {
      return CUT;
    }
    if (Array.isArray(value)) {
      return value.map(item => visit(item, depth + 1));
    }
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== '__proto__')
        .map(([key, part]) => [key, visit(part, depth + 1)]),
    );
  }
  const cut = visit(details, 1);
  return typeof cut === 'object' ? (cut as JsonObject) : { [CUT]: CUT };
}

/** Cuts values until the whole is small enough, the largest first. */
function cutLargest(details: JsonObject): JsonObject {
  const sizes = Object.entries(details).map(([key, value]) => ({
    key,
    size: bytes(value),
    keySize: bytes(key) + 2,
  }));
  let total = sizes.reduce((sum, { size, keySize }) => sum + size + keySize, 2);
  const result = { ...details };
  for (const { key, size } of sizes.sort((a, b) => b.size - a.size)) {
    if (total <= DETAILS_BYTES) {
      return result;
    }
    const marker = `[cut: ${size} bytes]`;
    result[key] = marker;
    total += bytes(marker) - size;
  }
  return total <= DETAILS_BYTES ? result : { [CUT]: CUT };
}
