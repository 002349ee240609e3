import {
  ASKING_WORDS,
  DESCRIBING_WORDS,
  HARMLESS_BEFORE_TOKEN,
  SECRET_ENDINGS,
  SECRET_PARAMETERS,
  SECRET_PHRASES,
} from './secretWords';

const ENDING = new RegExp(`(?:${SECRET_ENDINGS.join('|')})s?$`);

/** Between words: `apiKey`, `APIKey`, `api_key`, `api-key`, `api.key`. */
const BOUNDARY =
  /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|[^\p{L}\p{N}]+/u;

/** Most words of a phrase. */
const MAX_PHRASE_WORDS = 4;
/** How much of a key is looked at: its end, which says what it is. */
const MAX_KEY_LENGTH = 256;
/** How many decisions are remembered. */
const MAX_ANSWERS = 1_000;

/** The words of a key in lower case, without numbers at their ends. */
function wordsOf(key: string): string[] {
  return key
    .slice(-MAX_KEY_LENGTH)
    .normalize('NFKC')
    .split(BOUNDARY)
    .map(word => word.toLowerCase())
    .filter(Boolean)
    .map(word => (/\D/.test(word) ? word.replace(/(?<!\d)\d+$/, '') : word));
}

const singular = (word: string) =>
  word.length > 3 ? word.replace(/s$/, '') : word;

const phraseOf = (words: string[]) =>
  [...words.slice(0, -1), ...words.slice(-1).map(singular)].join(' ');

/** The last part of a path such as `spec.env[0].token` or `/settings/token`. */
function lastSegment(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf('/')) + 1);
}

/** Whether a text can be one of the keys of the configuration. */
export function hasWords(key: string): boolean {
  const count = wordsOf(key).length;
  return count > 0 && count <= MAX_PHRASE_WORDS;
}

/** Says of keys whether they name a secret, by their words. */
export class SecretKeys {
  readonly #phrases: Set<string>;
  readonly #allowed: Set<string>;
  /** What was decided lately, as the same few keys come again and again. */
  readonly #answers = new Map<string, boolean>();
  /** What each key that names a secret has in it, to tell most others fast. */
  readonly #stems: RegExp;

  static create(options: {
    /** Further keys, or parts of keys, that name secrets. */
    keys: string[];
    /** Keys that name none, whatever words they have. */
    allow: string[];
  }): SecretKeys {
    return new SecretKeys(options.keys, options.allow);
  }

  private constructor(keys: string[], allow: string[]) {
    this.#phrases = new Set([
      ...SECRET_PHRASES,
      ...keys.map(key => phraseOf(wordsOf(key))),
    ]);
    const stems = [...SECRET_ENDINGS, ...this.#phrases, 'pass'].map(phrase =>
      phrase.slice(phrase.lastIndexOf(' ') + 1),
    );
    this.#stems = new RegExp([...new Set(stems)].join('|'), 'i');
    this.#allowed = new Set(allow.map(key => wordsOf(key).join(' ')));
  }

  /** Whether what stands under a key is a secret. */
  namesSecret(key: string): boolean {
    const end = key.slice(-MAX_KEY_LENGTH);
    let answer = this.#answers.get(end);
    if (answer === undefined) {
      answer = this.#decide(end);
      if (this.#answers.size >= MAX_ANSWERS) {
        this.#answers.clear();
      }
      this.#answers.set(end, answer);
    }
    return answer;
  }

  #decide(key: string): boolean {
    if (!this.#stems.test(key.normalize('NFKC'))) {
      return false;
    }
    const words = wordsOf(key);
    if (
      ASKING_WORDS.has(words[0]) ||
      this.#allowed.has(words.join(' ')) ||
      this.#allowed.has(wordsOf(lastSegment(key)).join(' '))
    ) {
      return false;
    }
    // The last secret that is named counts, and what is said about it.
    for (let end = words.length; end > 0; end--) {
      if (this.#endsWithSecret(words, end)) {
        return true;
      }
      if (DESCRIBING_WORDS.has(words[end - 1])) {
        return false;
      }
    }
    return false;
  }

  /** Whether a key within a secret object tells something harmless of it. */
  describes(key: string): boolean {
    const words = wordsOf(key);
    return (
      this.#allowed.has(words.join(' ')) ||
      words.some(word => DESCRIBING_WORDS.has(word))
    );
  }

  /** Whether a number under a key says how many secrets there are. */
  counts(key: string): boolean {
    return wordsOf(key).pop()?.endsWith('s') === true;
  }

  /** Whether a parameter of a URL's query carries a secret, if it is long. */
  namesSecretParameter(name: string): boolean {
    return SECRET_PARAMETERS.has(wordsOf(name).join(' '));
  }

  /** Whether the words before `end` end with a phrase that names a secret. */
  #endsWithSecret(words: string[], end: number): boolean {
    const word = words[end - 1];
    if (word === 'pass') {
      // `DB_PASS`, but not `pass_rate`.
      return end === words.length;
    }
    for (
      let start = end - 1;
      start >= Math.max(0, end - MAX_PHRASE_WORDS);
      start--
    ) {
      if (this.#phrases.has(phraseOf(words.slice(start, end)))) {
        return true;
      }
    }
    return (
      ENDING.test(word) &&
      !(/^tokens?$/.test(word) && HARMLESS_BEFORE_TOKEN.has(words[end - 2]))
    );
  }
}
