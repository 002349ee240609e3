import type { JsonObject } from '@backstage/types';
import { OWN_PROPERTIES } from './ownProperties';
import { SEGMENT_FIELDS } from './segmentDetails';
import type { TrackCall } from './trackCall';

/**
 * Most bytes of a call. Segment's limit is 32 KB, and nobody has published
 * whether that is 32,000 or 32,768.
 */
export const MAX_CALL_BYTES = 32_000;

/** Characters that a text keeps if cutting everything else is not enough. */
const SHORT_TEXT = 64;

const bytes = (value: unknown) =>
  value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));

const marker = (size: number) => `[cut: ${size} bytes]`;

/** Replaces values by markers, the largest first, until enough is saved. */
function cutLargest(holder: JsonObject, keys: string[], excess: number) {
  const sizes = keys
    .map(key => ({ key, size: bytes(holder[key]) }))
    .sort((a, b) => b.size - a.size);
  let left = excess;
  for (const { key, size } of sizes) {
    const saved = size - bytes(marker(size));
    if (left <= 0 || saved <= 0) {
      return;
    }
    holder[key] = marker(size);
    left -= saved;
  }
}

function cutTexts(holder: JsonObject) {
  for (const [key, value] of Object.entries(holder)) {
    if (typeof value === 'string' && value.length > SHORT_TEXT) {
      // Not a half of a character at the end.
      const start = value.slice(0, SHORT_TEXT).replace(/\p{Cs}$/u, '');
      holder[key] = `${start}…`;
    }
  }
}

/** Names of the details that do not tell what an event is about. */
const dispensable = (details: JsonObject) =>
  Object.keys(details).filter(
    key => !SEGMENT_FIELDS.includes(key) || typeof details[key] !== 'string',
  );

/** Leaves out all details that do not tell what an event is about. */
function cutDispensable({ properties }: TrackCall, atLeast: number) {
  const { details } = properties;
  const entries = dispensable(details).map(key => [key, details[key]]);
  const size = bytes(Object.fromEntries(entries));
  if (entries.length > 0 && size - bytes({ '[cut]': marker(size) }) > atLeast) {
    entries.forEach(([key]) => delete details[key as string]);
    details['[cut]'] = marker(size);
  }
}

/** Ways to make a call smaller, the least harmful first. */
const CUTS: ((call: TrackCall, excess: number) => void)[] = [
  ({ properties: { details } }, excess) =>
    cutLargest(details, dispensable(details), excess),
  // Very many small ones, if that is what takes the room.
  cutDispensable,
  ({ properties }, excess) =>
    cutLargest(
      properties[OWN_PROPERTIES],
      ['changes', 'details', 'resources'],
      excess,
    ),
  call => cutDispensable(call, 0),
  ({ properties }) => {
    cutTexts(properties.details);
    cutTexts(properties[OWN_PROPERTIES]);
  },
];

/**
 * A call as JSON of at most 32,000 bytes. What is too large is replaced by a
 * marker such as `[cut: 20480 bytes]`, first of all the largest of the
 * details, so that no event is refused for its size.
 */
export function trackCallText(call: TrackCall): string {
  const text = JSON.stringify(call);
  if (Buffer.byteLength(text) <= MAX_CALL_BYTES) {
    return text;
  }
  const copy: TrackCall = JSON.parse(text);
  for (const cut of CUTS) {
    const excess = bytes(copy) - MAX_CALL_BYTES;
    if (excess > 0) {
      cut(copy, excess);
    }
  }
  return JSON.stringify(copy);
}
