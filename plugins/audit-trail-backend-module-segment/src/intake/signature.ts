import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The first element of a JSON array, as it is spelled there, so that it has
 * the bytes that were signed; `undefined` if the text is no array of objects.
 */
export function firstElementText(json: string): string | undefined {
  const start = /^\s*\[\s*(?=\{)/.exec(json)?.[0].length;
  if (start === undefined) {
    return undefined;
  }
  let depth = 0;
  let inString = false;
  for (let at = start; at < json.length; at++) {
    const character = json[at];
    if (inString) {
      if (character === '\\') {
        at++;
      } else if (character === '"') {
        inString = false;
      }
    } else if (character === '"') {
      inString = true;
    } else if (character === '{' || character === '[') {
      depth++;
    } else if (character === '}' || character === ']') {
      depth--;
      if (depth === 0) {
        return json.slice(start, at + 1);
      }
    }
  }
  return undefined;
}

/**
 * Whether a body carries the signature of Segment's Webhooks destination: the
 * hex HMAC-SHA1, under the shared secret, of the body, or of its first event
 * if it is an array. Compared in constant time.
 */
export function isSignedBy(options: {
  secret: string;
  signature: string;
  body: Buffer;
}): boolean {
  const { secret, signature, body } = options;
  if (!/^[0-9a-f]{40}$/i.test(signature)) {
    return false;
  }
  const given = Buffer.from(signature, 'hex');
  const matches = (signed: string | Buffer) =>
    timingSafeEqual(createHmac('sha1', secret).update(signed).digest(), given);
  if (matches(body)) {
    return true;
  }
  const first = firstElementText(body.toString('utf8'));
  return first !== undefined && matches(first);
}
