import type { JsonObject, JsonValue } from '@backstage/types';
import type { EventRedactor } from '../redaction/EventRedactor';

/** Longer texts are no ids. */
const MAX_TEXT_LENGTH = 1_000;
/** Most members of an object, and items of a list. */
const MAX_MEMBERS = 50;
/** Objects within objects. */
const MAX_DEPTH = 3;

const MARKER = /\[redacted:/;

/** Without what is too long or too deep to tell what something is about. */
function brief(
  value: JsonValue | undefined,
  depth: number,
): JsonValue | undefined {
  if (typeof value === 'string') {
    return value.length <= MAX_TEXT_LENGTH ? value : undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (depth === 0) {
    return undefined;
  }
  const members = Object.entries(value)
    .slice(0, MAX_MEMBERS)
    .map(([key, member]) => [key, brief(member, depth - 1)] as const)
    .filter(([, member]) => member !== undefined);
  return Array.isArray(value)
    ? members.map(([, member]) => member!)
    : Object.fromEntries(members);
}

/** Without what was redacted. */
function withoutMarkers(value: JsonValue): JsonValue | undefined {
  if (typeof value === 'string') {
    return MARKER.test(value) ? undefined : value;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const members = Object.entries(value)
    .map(([key, member]) => [key, withoutMarkers(member!)] as const)
    .filter(([, member]) => member !== undefined);
  return Array.isArray(value)
    ? members.map(([, member]) => member!)
    : Object.fromEntries(members);
}

/**
 * The part of `meta` that can tell what a use is about: short, and without
 * secrets, as keys of resources are stored as they are.
 */
export function identifyingMeta(
  meta: JsonObject,
  redactor: EventRedactor,
): JsonObject {
  const short = brief(meta, MAX_DEPTH) as JsonObject;
  return withoutMarkers(redactor.redactValue(short)) as JsonObject;
}
