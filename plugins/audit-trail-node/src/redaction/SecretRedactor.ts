import type { JsonObject, JsonValue } from '@backstage/types';
import { redactAssignments } from './redactAssignments';
import { redactPatterns } from './redactPatterns';
import type { SecretKeys } from './SecretKeys';
import { markText, type Mark } from './secretMarker';

/** Most levels of JSON in a text that is looked into as JSON. */
const MAX_JSON_DEPTH = 32;
/** Most secrets in one text; with more, it is a secret as a whole. */
const MAX_SECRETS = 200;
/** How often a text in a JSON text may be JSON again. */
const MAX_JSON_NESTING = 3;

/** Keys whose text names what stands beside it, as `{ name, value }` has it. */
const NAMING_KEYS = new Set(
  'attribute field header key name parameter path property setting variable'.split(
    ' ',
  ),
);
/** Keys of what is named so. */
const NAMED_KEYS = new Set(
  'after before current default from new newvalue old oldvalue previous to value values'.split(
    ' ',
  ),
);
/** A longer text is no key. */
const MAX_KEY_LENGTH = 256;

/** Where a value stands. */
interface Place {
  /** Whether it is a secret by where it stands. */
  secret: boolean;
  /** Whether a number there tells how many secrets there are. */
  counts: boolean;
  depth: number;
  /** How many texts that are JSON it stands in. */
  nesting: number;
}

class TooDeepError extends Error {}
class TooManyError extends Error {}

/** Replaces secrets in JSON values, by their keys and by their form. */
export class SecretRedactor {
  readonly #keys: SecretKeys;
  readonly #mark: Mark;

  static create(options: { keys: SecretKeys; mark: Mark }): SecretRedactor {
    return new SecretRedactor(options.keys, options.mark);
  }

  private constructor(keys: SecretKeys, mark: Mark) {
    this.#keys = keys;
    this.#mark = mark;
  }

  /**
   * Replaces secrets in a value; what has none is returned as it is.
   *
   * @param path - what the value stands under, if that can name a secret
   */
  redactValue<T extends JsonValue | undefined>(value: T, path?: string): T {
    const place = { secret: false, counts: false, depth: 0, nesting: 0 };
    return this.#visit(
      value,
      path === undefined ? place : this.#placeOf(path, place),
    ) as T;
  }

  /** Replaces secrets that are known by their form, or named in the text. */
  redactText(text: string): string {
    let count = 0;
    const mark: Mark = secret => {
      count++;
      if (count > MAX_SECRETS) {
        throw new TooManyError();
      }
      return this.#mark(secret);
    };
    try {
      return redactAssignments(redactPatterns(text, mark), this.#keys, mark);
    } catch (error) {
      if (error instanceof TooManyError) {
        return this.#mark(text);
      }
      throw error;
    }
  }

  #visit(value: JsonValue | undefined, place: Place): JsonValue | undefined {
    if (typeof value === 'string') {
      return place.secret
        ? markText(value, this.#mark)
        : this.#visitText(value, place);
    }
    if (typeof value === 'number') {
      return place.secret && !place.counts ? this.#mark(String(value)) : value;
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    if (place.nesting > 0 && place.depth > MAX_JSON_DEPTH) {
      throw new TooDeepError();
    }
    if (Array.isArray(value)) {
      const inside = { ...place, counts: false, depth: place.depth + 1 };
      const items = value.map(item => this.#visit(item, inside) ?? null);
      return items.some((item, at) => item !== value[at]) ? items : value;
    }
    return this.#visitObject(value, place);
  }

  #visitObject(object: JsonObject, place: Place): JsonObject {
    const namesSecret = Object.entries(object).some(
      ([key, value]) =>
        NAMING_KEYS.has(key.toLowerCase()) &&
        typeof value === 'string' &&
        value.length <= MAX_KEY_LENGTH &&
        this.#keys.namesSecret(value),
    );
    let changed = false;
    const entries = Object.entries(object).map(([key, value]) => {
      const isNamed =
        namesSecret && NAMED_KEYS.has(key.toLowerCase().replace(/[_-]/g, ''));
      const inside = this.#placeOf(key, place);
      const newKey = this.redactText(key);
      const newValue = this.#visit(
        value,
        isNamed ? { ...inside, secret: true } : inside,
      );
      changed ||= newKey !== key || newValue !== value;
      return [newKey, newValue] as const;
    });
    return changed ? Object.fromEntries(entries) : object;
  }

  /** The place of what stands under a key. */
  #placeOf(key: string, { secret, depth, nesting }: Place): Place {
    const named = this.#keys.namesSecret(key);
    return {
      secret: named || (secret && !this.#keys.describes(key)),
      counts: named && this.#keys.counts(key),
      depth: depth + 1,
      nesting,
    };
  }

  #visitText(text: string, place: Place): string {
    return this.#visitJsonText(text, place) ?? this.redactText(text);
  }

  /** Replaces secrets in a text that is JSON; nothing if it has none. */
  #visitJsonText(text: string, place: Place): string | undefined {
    if (!/^\s*[[{"]/.test(text) || place.nesting >= MAX_JSON_NESTING) {
      return undefined;
    }
    try {
      const parsed: JsonValue = JSON.parse(text);
      const redacted = this.#visit(parsed, {
        ...place,
        depth: 0,
        nesting: place.nesting + 1,
      });
      if (redacted === parsed) {
        // A key may stand there twice, of which one was lost in parsing.
        return undefined;
      }
      const result = JSON.stringify(redacted);
      // Many short secrets would make a text grow beyond the limits.
      return result.length > 2 * text.length + 1_000
        ? this.#mark(text)
        : result;
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof TooDeepError) {
        return undefined;
      }
      throw error;
    }
  }
}
