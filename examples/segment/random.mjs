const LETTERS =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Pseudo-random numbers (mulberry32): the same seed, the same numbers. */
export function createRandom(seed) {
  // eslint-disable-next-line no-bitwise
  let state = (seed ^ (seed / 0x100000000)) >>> 0;
  const next = () => {
    /* eslint-disable no-bitwise */
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
    /* eslint-enable no-bitwise */
  };
  const below = limit => Math.floor(next() * limit);
  return {
    below,
    pick: list => list[below(list.length)],
    /** One of [value, weight] pairs, heavier ones more often. */
    weighted: pairs => {
      let left = next() * pairs.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of pairs) {
        left -= weight;
        if (left < 0) {
          return value;
        }
      }
      return pairs[pairs.length - 1][0];
    },
    letters: length =>
      Array.from({ length }, () => LETTERS[below(LETTERS.length)]).join(''),
  };
}
