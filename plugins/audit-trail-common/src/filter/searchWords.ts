/** Longest word that is told apart, in characters. */
const MAX_WORD_LENGTH = 64;

/**
 * The words of a text as the search knows them: runs of letters and digits, in
 * lower case, cut at 64 characters. `jm@example.com` is three words.
 *
 * @public
 */
export function searchWords(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.map(word => Array.from(word).slice(0, MAX_WORD_LENGTH).join('')) ?? []
  );
}

/**
 * The phrases of a search: words in quotes that have to follow each other as
 * they stand there. What one word or an open quote encloses is none.
 *
 * @public
 */
export function searchPhrases(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"/g)]
    .map(([, quoted]) => searchWords(quoted))
    .filter(words => words.length > 1)
    .map(words => words.join(' '));
}
