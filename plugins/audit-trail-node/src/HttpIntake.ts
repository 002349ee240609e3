import type { AuditEventInput } from './AuditEventInput';

/**
 * A request to an intake, not yet trusted.
 *
 * @public
 */
export interface HttpIntakeRequest {
  /** Headers, names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  /** The body's bytes as they came, after any content encoding. */
  body: Buffer;
}

/**
 * What an intake makes of a request.
 *
 * @public
 */
export interface HttpIntakeResult {
  events: AuditEventInput[];
  /** Events left out on purpose, by reason. */
  dropped?: Record<string, number>;
}

/**
 * A way into the Audit Trail for a system that calls with proof of its own,
 * such as a signature, instead of Backstage credentials.
 *
 * @public
 */
export interface HttpIntake {
  /** Name kept on the events, such as `segment-webhook`. */
  id: string;
  /** The source that the intake speaks for, such as `segment`. */
  source: string;
  /** Last part of its address, `/v1/intake/<path>`. */
  path: string;
  /**
   * Checks a request's proof and maps its body.
   *
   * @throws `AuthenticationError` without valid proof, `InputError` for a body
   * it cannot map; then nothing is stored
   */
  receive(request: HttpIntakeRequest): Promise<HttpIntakeResult>;
}
