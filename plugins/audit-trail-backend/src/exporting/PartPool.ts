/** Size of the parts in which lines are handed on. */
const PART_BYTES = 256 * 1024;
/**
 * A stream takes this much without a wait until it is on its way, so a part that
 * has less may still be read when the next one is asked for.
 */
const LEAST_REUSED_BYTES = 64 * 1024;

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
  giveBack(part: Buffer): void {
    const { buffer, length } = part;
    if (buffer.byteLength === PART_BYTES && length >= LEAST_REUSED_BYTES) {
      this.#free.push(Buffer.from(buffer));
    }
  }
}
