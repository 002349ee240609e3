/**
 * Why Segment's Public API told nothing, or nothing that can be used. Quotes
 * nothing of what was sent or answered.
 *
 * @public
 */
export class PublicApiError extends Error {
  readonly name = 'PublicApiError';
  /** The status of the answer, if there was one. */
  readonly status?: number;
  /** For how long it asks to wait, if it does. */
  readonly retryAfterMs?: number;

  constructor(
    message: string,
    options: { status?: number; retryAfterMs?: number } = {},
  ) {
    super(message);
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }
}
