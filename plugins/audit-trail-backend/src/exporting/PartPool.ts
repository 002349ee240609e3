/** Size of the parts in which lines are handed on. */
const PART_BYTES = 256 * 1024;

/**
 * Memory for the parts of one file, used again and again: otherwise each part
 * would be new memory outside of the heap, and every few of them the reason of a
 * full collection, during which the process answers nobody.
 */
export class PartPool {
  readonly #free: Buffer[] = [];

  /** Memory for at least so many bytes. What stands in it is of no meaning. */
  take(bytes: number): Buffer {
    return bytes <= PART_BYTES
      ? this.#free.pop() ?? Buffer.allocUnsafeSlow(PART_BYTES)
      : Buffer.allocUnsafeSlow(bytes);
  }

  /** Takes back what nobody reads any more, from its beginning on. */
  giveBack({ buffer }: Buffer): void {
    if (buffer.byteLength === PART_BYTES) {
      this.#free.push(Buffer.from(buffer));
    }
  }
}
