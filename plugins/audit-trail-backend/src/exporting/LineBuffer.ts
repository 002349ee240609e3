/** Size of the parts in which lines are handed on. */
const PART_BYTES = 256 * 1024;

const CR = 0x0d;
const LF = 0x0a;

/** Gathers lines into a few large buffers. */
export class LineBuffer {
  readonly #separator: string;
  readonly #carriageReturn: boolean;
  #pending: string;
  readonly #full: Buffer[] = [];
  #part = Buffer.alloc(0);
  #length = 0;
  #fullBytes = 0;

  /**
   * @param options.separator - before each line but the first of the file
   * @param options.lineEnd - in place of the line feed that ends a line
   * @param options.first - whether these are the first lines of the file
   */
  constructor(options: {
    separator: string;
    lineEnd: '\r\n' | '\n';
    first: boolean;
  }) {
    this.#separator = options.separator;
    this.#pending = options.first ? '' : options.separator;
    this.#carriageReturn = options.lineEnd === '\r\n';
  }

  /** Bytes so far. */
  get bytes(): number {
    return this.#fullBytes + this.#length;
  }

  /** Adds a line that ends with a line feed. */
  addLine(line: Buffer): void {
    if (this.#pending) {
      this.addText(this.#pending);
    }
    this.addPiece(line, 0, line.length);
    this.endLine();
  }

  /** Adds a piece of a line. */
  addPiece(from: Buffer, start: number, end: number): void {
    this.#reserve(end - start);
    from.copy(this.#part, this.#length, start, end);
    this.#length += end - start;
  }

  /** Adds a piece of a line that is a text. */
  addText(text: string): void {
    // No character has more than three bytes for each of its units.
    this.#reserve(text.length * 3);
    this.#length += this.#part.write(text, this.#length);
  }

  /** Ends a line, whose last piece ended with a line feed. */
  endLine(): void {
    this.#pending = this.#separator;
    if (this.#carriageReturn) {
      // There is always one byte left for it.
      this.#part[this.#length - 1] = CR;
      this.#part[this.#length] = LF;
      this.#length++;
    }
  }

  /** The lines, in parts. */
  parts(): Buffer[] {
    this.#finishPart();
    return this.#full;
  }

  #reserve(size: number) {
    // One byte is always left, so that a line's end is never apart from it.
    if (this.#length + size + 1 > this.#part.length) {
      this.#finishPart();
      this.#part = Buffer.allocUnsafeSlow(Math.max(PART_BYTES, size + 1));
    }
  }

  #finishPart() {
    if (this.#length > 0) {
      this.#full.push(this.#part.subarray(0, this.#length));
      this.#fullBytes += this.#length;
      this.#length = 0;
      this.#part = Buffer.alloc(0);
    }
  }
}
