const FIRST_ROWS = 1_000;
const MAX_ROWS = 10_000;
const TARGET_BYTES = 6 * 1024 * 1024;
/** Whoever takes a chunk within this time may get a larger one. */
const QUICK_MS = 500;
/** Whoever takes longer gets smaller ones. */
const SLOW_MS = 5_000;

/**
 * How many events the next chunk of an export has: few for a reader who is slow
 * and for large events, so that a chunk always fits into a few megabytes and is
 * soon done with, and many where that is quick.
 */
export class ChunkSize {
  #rows = FIRST_ROWS;
  #bytesPerRow = 1;

  /** Events of the next chunk. */
  get rows(): number {
    const fitting = Math.floor(TARGET_BYTES / this.#bytesPerRow);
    return Math.max(1, Math.min(this.#rows, fitting));
  }

  /** Takes note of a chunk that was read from the database. */
  read(chunk: { rows: number; bytes: number }): void {
    if (chunk.rows > 0) {
      this.#bytesPerRow = chunk.bytes / chunk.rows;
    }
  }

  /** Takes note of how long the reader took for a chunk. */
  taken(milliseconds: number): void {
    if (milliseconds < QUICK_MS) {
      this.#rows = Math.min(this.#rows * 2, MAX_ROWS);
    } else if (milliseconds > SLOW_MS) {
      this.#rows = Math.max(Math.floor(this.#rows / 2), FIRST_ROWS / 4);
    }
  }
}
