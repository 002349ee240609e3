import type { JsonObject, JsonValue } from '@backstage/types';
import type { AuditEventInput } from 'backstage-plugin-audit-trail-node';
import { MAX_DEPTH, MAX_EVENT_BYTES, MAX_KEYS } from './limits';

/** Kept free for what an event has beside its details. */
const DETAILS_BYTES = MAX_EVENT_BYTES / 2;
const MAX_NAME_LENGTH = 512;

const bytes = (value: JsonValue | undefined) =>
  Buffer.byteLength(JSON.stringify(value) ?? '');

const marker = (value: JsonValue | undefined) => `[cut: ${bytes(value)} bytes]`;

/**
 * Cuts what is too large in an event from a source that cannot send it again:
 * details beyond the limits of depth, keys and size are replaced by a marker
 * that tells how large they were, the largest first. The event itself always
 * stays.
 */
export function cutOversized(event: AuditEventInput): AuditEventInput {
  const { name } = event.resource;
  return {
    ...event,
    resource:
      name && name.length > MAX_NAME_LENGTH
        ? { ...event.resource, name: `${name.slice(0, MAX_NAME_LENGTH - 1)}…` }
        : event.resource,
    details: event.details && cutDetails(event.details),
  };
}

function cutDetails(details: JsonObject): JsonObject {
  let keys = 0;
  function shape(
    value: JsonValue | undefined,
    depth: number,
  ): JsonValue | undefined {
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    if (depth > MAX_DEPTH) {
      return marker(value);
    }
    if (Array.isArray(value)) {
      keys += value.length;
      return keys > MAX_KEYS
        ? marker(value)
        : value.map(item => shape(item, depth + 1) as JsonValue);
    }
    return shapeObject(value, depth);
  }

  function shapeObject(value: JsonObject, depth: number): JsonObject {
    const result: JsonObject = {};
    for (const [key, part] of Object.entries(value)) {
      keys++;
      if (key === '__proto__') {
        continue;
      }
      if (keys > MAX_KEYS - 1) {
        result['[cut]'] = marker(value);
        break;
      }
      result[key] = shape(part, depth + 1);
    }
    return result;
  }

  const result = shapeObject(details, 1);

  const bySize = Object.keys(result).sort(
    (a, b) => bytes(result[b]) - bytes(result[a]),
  );
  for (const key of bySize) {
    if (bytes(result) <= DETAILS_BYTES) {
      return result;
    }
    result[key] = marker(result[key]);
  }
  return bytes(result) <= DETAILS_BYTES ? result : { '[cut]': marker(details) };
}
