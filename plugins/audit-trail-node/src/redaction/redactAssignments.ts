import type { SecretKeys } from './SecretKeys';
import { isMarker, markText, type Mark } from './secretMarker';

/**
 * `key=`, `key: `, `"key":`, `key =>`, `key%3D` and `--key `. A key begins
 * where no other can, so that each character is looked at a few times only.
 */
const KEY =
  /(?<![\w.-])(?:(--[\w.-]+)[ \t]{1,4}|([\w.-]+)(["'`\\]{0,8}[ \t]{0,4}(?:[:=]{1,2}>?|%3[AaDd])\s{0,4}))/g;

const SCHEME =
  /(?:ApiKey|AWS4-HMAC-SHA256|Basic|Bearer|Digest|Negotiate|SSWS|Token)\s{1,4}/iy;
const OPENING_QUOTE = /\\*["'`]/y;
const WITHIN: Record<string, RegExp> = {
  '"': /[^"\\\r\n]*(?:\\[^][^"\\\r\n]*)*/y,
  "'": /[^'\\\r\n]*(?:\\[^][^'\\\r\n]*)*/y,
  '`': /[^`\\\r\n]*(?:\\[^][^`\\\r\n]*)*/y,
};
/** Up to a space or what stands between assignments. */
const UNQUOTED = /(?:[^\s&;,"'`<>]|,(?!\s|$|[\w.-]{1,40}["']?[=:]))+/y;
const COOKIES = /[\w!#$%&*+.^|~-]{1,128}=[^\r\n"'`]*/y;

/** Shortest secret in a parameter whose name alone is not telling enough. */
const MIN_PARAMETER_LENGTH = 16;

/** What a sticky pattern finds at a place. */
function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** Where the value that begins at a place is, without its quotes. */
function findValue(text: string, at: number, key: string): [number, number] {
  const quote = matchAt(OPENING_QUOTE, text, at);
  const start = at + quote.length;
  if (quote.length > 1) {
    const end = text.indexOf(quote, start);
    return [start, end < 0 ? text.length : end];
  }
  if (quote) {
    return [start, start + matchAt(WITHIN[quote], text, start).length];
  }
  if (/cookie$/i.test(key)) {
    return [at, at + matchAt(COOKIES, text, at).length];
  }
  const from = at + matchAt(SCHEME, text, at).length;
  const value = matchAt(UNQUOTED, text, from);
  let { length } = value;
  while (length > 0 && '.)]}'.includes(value[length - 1])) {
    length--;
  }
  return [from, from + (isMarker(value) ? value.length : length)];
}

/**
 * Whether a word after `password: ` or the like is a secret rather than the
 * next word of a sentence.
 */
function isNoWord(value: string): boolean {
  return (
    value.length >= 4 &&
    !/^\d{4}-\d\d-\d\d/.test(value) &&
    (value.length >= 20 || /\d|[a-z][A-Z]|[!@#$%^*+=|~?][^]/.test(value))
  );
}

/** Whether a colon is part of a name, as in `arn:aws:…:secret:x` or `token:read`. */
function isPartOfName(before: string, key: string, separator: string): boolean {
  return (
    separator === ':' &&
    (before === ':' || /^(?:credential|secret|token)s?$/i.test(key))
  );
}

/**
 * Replaces secrets that a text names, as in `password=…`, `"apiKey": "…"`,
 * `Authorization: Bearer …`, `?token=…` and `--client-secret …`.
 */
export function redactAssignments(
  text: string,
  keys: SecretKeys,
  mark: Mark,
): string {
  let result = '';
  let done = 0;
  for (const found of text.matchAll(KEY)) {
    const [all, flag, name, separator = ''] = found;
    const key = flag ?? name;
    const at = found.index + all.length;
    if (found.index < done) {
      continue;
    }
    const before = text[found.index - 1] ?? '';
    const isParameter = (before === '?' || before === '&') && !flag;
    const named = keys.namesSecret(key);
    if (!named && !(isParameter && keys.namesSecretParameter(key))) {
      continue;
    }
    const [start, end] = findValue(text, at, key);
    const value = text.slice(start, end);
    const isQuoted = start > at && /["'`]/.test(text[start - 1]);
    const isColon = separator.includes(':') && !separator.includes('=');
    if (
      end === start ||
      /^[{[](?!redacted:)/.test(value) ||
      (!named && value.length < MIN_PARAMETER_LENGTH) ||
      (!isQuoted &&
        ((/^\d+$/.test(value) && keys.counts(key)) ||
          isPartOfName(before, key, separator) ||
          ((isColon || /\s/.test(separator)) && !isNoWord(value))))
    ) {
      continue;
    }
    result += text.slice(done, start) + markText(value, mark);
    done = end;
  }
  return done > 0 ? result + text.slice(done) : text;
}
