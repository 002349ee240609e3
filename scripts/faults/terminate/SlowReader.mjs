import { setTimeout as delay } from 'node:timers/promises';
import { beginExport, sha256 } from '../exports/reading.mjs';

const BYTES_A_SECOND = 64 * 1024;

/** Takes an export slowly, until it is told not to wait any more. */
export class SlowReader {
  #exported;
  #done;
  #hurry;
  #hurried;
  #parts = [];
  /** Bytes that it has taken. */
  length = 0;
  /** Whether the answer ended as if all had come. */
  ended = false;

  static async begin(owner) {
    return new SlowReader(await beginExport(owner));
  }

  constructor(exported) {
    this.#exported = exported;
    this.#hurried = new Promise(resolve => {
      this.#hurry = resolve;
    });
    this.#done = this.#read();
  }

  get id() {
    return this.#exported.id;
  }

  get sha256() {
    return sha256(this.#parts);
  }

  /** Takes what is still to come; resolves when nothing does any more. */
  async takeRest() {
    this.#hurry();
    await this.#done;
  }

  async #read() {
    try {
      for await (const part of this.#exported.body) {
        this.#parts.push(part);
        this.length += part.length;
        await Promise.race([
          this.#hurried,
          delay((1000 * part.length) / BYTES_A_SECOND),
        ]);
      }
      this.ended = true;
    } catch {
      // Broken off.
    }
  }
}
