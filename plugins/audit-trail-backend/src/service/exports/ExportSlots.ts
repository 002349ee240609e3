import { TooManyRequestsError } from '../TooManyRequestsError';

/** Exports that one replica runs at once, of all users. */
const MAX_OF_ALL = 10;
const RETRY_AFTER_SECONDS = 10;

/**
 * Places for exports that run at once, so that neither one user nor all of them
 * take what others need.
 */
export class ExportSlots {
  readonly #maxOfUser: number;
  readonly #running = new Map<string, number>();

  static create(options: { maxOfUser: number }): ExportSlots {
    return new ExportSlots(options.maxOfUser);
  }

  private constructor(maxOfUser: number) {
    this.#maxOfUser = maxOfUser;
  }

  /**
   * Takes a place for an export.
   *
   * @returns gives the place back
   * @throws `TooManyRequestsError` if there is none left
   */
  take(userRef: string): () => void {
    const ofUser = this.#running.get(userRef) ?? 0;
    if (ofUser >= this.#maxOfUser) {
      throw new TooManyRequestsError(
        `${ofUser} of your exports run already, as many as may at once; try again when one of them has ended`,
        RETRY_AFTER_SECONDS,
      );
    }
    const ofAll = [...this.#running.values()].reduce((sum, n) => sum + n, 0);
    if (ofAll >= MAX_OF_ALL) {
      throw new TooManyRequestsError(
        'As many exports run already as may at once; try again when one of them has ended',
        RETRY_AFTER_SECONDS,
      );
    }
    this.#running.set(userRef, ofUser + 1);
    let given = false;
    return () => {
      if (given) {
        return;
      }
      given = true;
      const left = this.#running.get(userRef)! - 1;
      if (left > 0) {
        this.#running.set(userRef, left);
      } else {
        this.#running.delete(userRef);
      }
    };
  }
}
