const DAY_MS = 86_400_000;
const DATE_LENGTH = 10;

const ZERO = 0x30;
const SPACE = 0x20;
const PLUS = 0x2b;
const DOT = 0x2e;
const COLON = 0x3a;
const T = 0x54;
const Z = 0x5a;

/** Bytes of a time such as `2026-11-25T22:53:23.100Z`. */
export const ISO_TIME_LENGTH = 24;
/** Bytes of `2026-11-25 22:53:23+00`, as PostgreSQL writes a time at the least. */
const SHORTEST_LENGTH = 22;

/** Writes `digits` digits of a number. */
function writeNumber(
  target: Buffer,
  at: number,
  digits: number,
  number: number,
): void {
  let rest = number;
  for (let place = digits - 1; place >= 0; place--) {
    target[at + place] = ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}

/**
 * Writes times as ISO 8601 has them, in UTC with milliseconds, straight into a
 * buffer: there are two in each line of a file.
 */
export class IsoTimes {
  #day = NaN;
  readonly #date = Buffer.alloc(DATE_LENGTH);

  /** Writes a time of 1970 or later, in milliseconds since then. */
  write(target: Buffer, at: number, milliseconds: number): void {
    const day = Math.floor(milliseconds / DAY_MS);
    // Events come in the order of time, so most of them are of the same day.
    if (day !== this.#day) {
      this.#date.write(new Date(day * DAY_MS).toISOString(), 'latin1');
      this.#day = day;
    }
    this.#date.copy(target, at);
    let rest = milliseconds - day * DAY_MS;
    writeNumber(target, at + 20, 3, rest % 1_000);
    rest = Math.floor(rest / 1_000);
    writeNumber(target, at + 17, 2, rest % 60);
    rest = Math.floor(rest / 60);
    writeNumber(target, at + 14, 2, rest % 60);
    writeNumber(target, at + 11, 2, Math.floor(rest / 60));
    target[at + 10] = T;
    target[at + 13] = COLON;
    target[at + 16] = COLON;
    target[at + 19] = DOT;
    target[at + 23] = Z;
  }

  /**
   * Writes a time that PostgreSQL wrote in UTC, such as
   * `2026-11-25 22:53:23.1+00`.
   */
  copy(target: Buffer, at: number, from: Buffer, start: number, end: number) {
    const fraction = end - start - SHORTEST_LENGTH;
    if (
      from[start + DATE_LENGTH] !== SPACE ||
      from[end - 3] !== PLUS ||
      fraction < 0 ||
      fraction > 4
    ) {
      const time = Date.parse(from.toString('latin1', start, end));
      this.write(target, at, time);
      return;
    }
    for (let place = 0; place < 19; place++) {
      target[at + place] = from[start + place];
    }
    target[at + 10] = T;
    target[at + 19] = DOT;
    for (let place = 1; place <= 3; place++) {
      target[at + 19 + place] =
        place < fraction ? from[start + 19 + place] : ZERO;
    }
    target[at + 23] = Z;
  }
}
