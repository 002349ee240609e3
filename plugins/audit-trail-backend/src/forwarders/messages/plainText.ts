/** Ends the line, or worse: ESC begins a terminal's commands. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * Characters without a look of their own, such as those that turn the
 * direction of what follows. The two joiners stay: scripts need them.
 */
const INVISIBLE = /(?![\u200c\u200d])\p{Cf}/gu;

/** Halves of characters, which are no valid text. */
const HALVES = /\p{Cs}/gu;

/** What stands in the place of a text that has nothing to show. */
const BLANK = '(blank)';

/**
 * A text that somebody else wrote, as one line of visible characters: what
 * breaks lines becomes a space, what cannot be seen is taken out.
 */
export function plainText(value: string): string {
  return (
    value
      .replace(BREAKS, ' ')
      .replace(INVISIBLE, '')
      .replace(HALVES, '\ufffd')
      .replace(/\s+/gu, ' ')
      .trim() || BLANK
  );
}

/**
 * Cuts a text to a length, between two characters and with an ellipsis, so
 * that it never seems to be whole.
 *
 * @param maxLength - in UTF-16 code units, the ellipsis included
 * @param encode - how each character is written out; what it makes counts
 */
export function cutText(
  text: string,
  maxLength: number,
  encode: (character: string) => string = character => character,
): string {
  let cut = '';
  let whole = '';
  for (const character of text) {
    whole += encode(character);
    if (whole.length > maxLength) {
      return `${cut}…`;
    }
    if (whole.length < maxLength) {
      cut = whole;
    }
  }
  return whole;
}
