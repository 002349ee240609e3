import { needsGuard } from './formulaGuard';

const COMMA = 0x2c;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;

/** Up to here it is quicker to copy byte by byte. */
const SHORT = 64;
/** No character of UTF-8 has more bytes. */
const CHARACTER_BYTES = 4;

/** Whether a cell must not begin with a character of ASCII, by its code. */
const GUARDED_ASCII = Array.from({ length: 0x80 }, (_, code) =>
  needsGuard(String.fromCharCode(code)),
);

/** Where the cell that begins at `start` ends, if a comma comes behind it. */
export function cellEnd(line: Buffer, start: number): number {
  let quoted = false;
  for (let at = start; at < line.length; at++) {
    const byte = line[at];
    if (byte === QUOTE) {
      quoted = !quoted;
    } else if (byte === COMMA && !quoted) {
      return at;
    }
  }
  return line.length;
}

/**
 * Where the apostrophe of a cell that begins at `start` has to stand, if it has
 * to have one; otherwise -1.
 */
export function guardPlace(line: Buffer, start: number): number {
  const first = line[start] === QUOTE ? start + 1 : start;
  const byte = line[first];
  if (byte >= 0x80) {
    const text = line.toString('utf8', first, first + CHARACTER_BYTES);
    return needsGuard(text) ? first : -1;
  }
  // A quote at the beginning is two of them; one alone ends an empty text.
  return GUARDED_ASCII[byte] && (byte !== QUOTE || line[first + 1] === QUOTE)
    ? first
    : -1;
}

/** Copies a piece of a line; returns where it ends. */
export function copyPiece(
  target: Buffer,
  at: number,
  from: Buffer,
  start: number,
  end: number,
): number {
  if (end - start > SHORT) {
    from.copy(target, at, start, end);
  } else {
    for (let place = start; place < end; place++) {
      target[at + place - start] = from[place];
    }
  }
  return at + end - start;
}

/** Copies a cell, with an apostrophe if it has to have one. */
export function copyGuardedCell(
  target: Buffer,
  at: number,
  line: Buffer,
  start: number,
  end: number,
): number {
  const place = guardPlace(line, start);
  if (place < 0) {
    return copyPiece(target, at, line, start, end);
  }
  const guard = copyPiece(target, at, line, start, place);
  target[guard] = APOSTROPHE;
  return copyPiece(target, guard + 1, line, place, end);
}
