import type { PartPool } from './PartPool';

const CR = 0x0d;
const LF = 0x0a;

/** Gathers lines into a few large buffers. */
export class LineBuffer {
  readonly #pool: PartPool;
  readonly #separator: Buffer;
  readonly #carriageReturn: boolean;
  #separated: boolean;
  readonly #full: Buffer[] = [];
  #part = Buffer.alloc(0);
  #fullBytes = 0;
  /** Where the part that is being filled ends by now. */
  end = 0;

  /**
   * @param options.pool - where memory comes from
   * @param options.separator - before each line but the first of the file
   * @param options.lineEnd - in place of the line feed that ends a line
   * @param options.first - whether these are the first lines of the file
   */
  constructor(options: {
    pool: PartPool;
    separator: string;
    lineEnd: '\r\n' | '\n';
    first: boolean;
  }) {
    this.#pool = options.pool;
    this.#separator = Buffer.from(options.separator);
    this.#separated = options.first;
    this.#carriageReturn = options.lineEnd === '\r\n';
  }

  /** Bytes so far. */
  get bytes(): number {
    return this.#fullBytes + this.end;
  }

  /** Adds a line that ends with a line feed. */
  addLine(line: Buffer): void {
    const part = this.reserve(this.#separator.length + line.length);
    if (!this.#separated) {
      this.#separator.copy(part, this.end);
      this.end += this.#separator.length;
    }
    line.copy(part, this.end);
    this.extend(this.end + line.length);
    this.endLine();
  }

  /** A part with so much room behind its {@link LineBuffer.end}. */
  reserve(bytes: number): Buffer {
    // One byte more, for the end of the line.
    if (this.end + bytes + 1 > this.#part.length) {
      this.#finishPart();
      this.#part = this.#pool.take(bytes + 1);
    }
    return this.#part;
  }

  /** Takes what was written into the part, up to a new end. */
  extend(end: number): void {
    this.end = end;
  }

  /** Ends a line, which has a line feed for its last byte. */
  endLine(): void {
    this.#separated = false;
    if (this.#carriageReturn) {
      this.#part[this.end - 1] = CR;
      this.#part[this.end] = LF;
      this.end++;
    }
  }

  /** The lines, in parts. */
  parts(): Buffer[] {
    this.#finishPart();
    return this.#full;
  }

  #finishPart() {
    if (this.end > 0) {
      this.#full.push(this.#part.subarray(0, this.end));
      this.#fullBytes += this.end;
      this.end = 0;
      this.#part = Buffer.alloc(0);
    }
  }
}
