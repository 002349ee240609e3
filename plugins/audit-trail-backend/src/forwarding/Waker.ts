/**
 * Lets workers sleep until there is something to do. A call while nobody
 * sleeps is not forgotten: whoever sleeps next wakes at once.
 */
export class Waker {
  #called = false;
  #wake?: () => void;

  /** Ends the sleep, or the next one. */
  wake(): void {
    this.#called = true;
    this.#wake?.();
  }

  /** Sleeps until woken, at most so long. */
  async sleep(maxMs: number): Promise<void> {
    if (!this.#called && maxMs > 0) {
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, maxMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wake = undefined;
    this.#called = false;
  }
}
