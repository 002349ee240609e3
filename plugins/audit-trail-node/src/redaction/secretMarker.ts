import { createHmac } from 'node:crypto';

/** Puts a marker in the place of a secret. */
export type Mark = (secret: string) => string;

/**
 * Markers such as `[redacted:4f2a9c1b]`, a keyed hash of the secret. So it is
 * visible whether two secrets are equal, and who does not have the key cannot
 * find a secret by trying.
 */
export function createMark(key: string): Mark {
  return secret => {
    const hash = createHmac('sha256', key).update(secret).digest('hex');
    return `[redacted:${hash.slice(0, 8)}]`;
  };
}

const MARKER = /^\[redacted:[0-9a-f]{8}\]$/;
const SAYS_NOTHING = new Set(['', 'true', 'false', 'null', 'undefined']);

/** Whether a text is a marker, and nothing else. */
export const isMarker = (text: string) => MARKER.test(text);

/** Marks the text of a secret, unless it is a marker or tells nothing. */
export function markText(text: string, mark: Mark): string {
  return isMarker(text) || SAYS_NOTHING.has(text.toLowerCase())
    ? text
    : mark(text);
}
