/**
 * Why Segment's Public API told nothing, or nothing that can be used. Quotes
 * nothing of what was sent or answered.
 */
export class PublicApiError extends Error {
  readonly name = 'PublicApiError';
  /** The status of the answer, if there was one. */
  readonly status?: number;

  constructor(message: string, options: { status?: number } = {}) {
    super(message);
    this.status = options.status;
  }
}
