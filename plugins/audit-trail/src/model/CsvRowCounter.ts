const QUOTE = 0x22;
const NEWLINE = 0x0a;

/** Counts the rows of a CSV file as it arrives; the heading is none. */
export class CsvRowCounter {
  #lines = 0;
  #quoted = false;

  /** Rows so far. */
  get rows(): number {
    return Math.max(0, this.#lines - 1);
  }

  /** Takes the next piece of the file, which may end anywhere. */
  add(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (byte === QUOTE) {
        this.#quoted = !this.#quoted;
      } else if (byte === NEWLINE && !this.#quoted) {
        this.#lines += 1;
      }
    }
  }
}
