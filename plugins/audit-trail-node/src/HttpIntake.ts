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
  events: {
    /** Where the event stands in the body, such as `[3]`; for errors. */
    place: string;
    event: AuditEventInput;
  }[];
  /** What could not be mapped, and why, such as `[2].event: must be "Audit"`. */
  faults?: string[];
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
   * Refuses a request whose headers cannot be right, before its body is read.
   *
   * @throws `AuthenticationError`
   */
  checkHeaders?(headers: HttpIntakeRequest['headers']): void;
  /**
   * Checks a request's proof and maps its body. As the source cannot send a
   * part of it again, one event that cannot be mapped is a fault and leaves
   * the others alone.
   *
   * @throws `AuthenticationError` without valid proof, `InputError` for a body
   * of which nothing can be mapped
   */
  receive(request: HttpIntakeRequest): Promise<HttpIntakeResult>;
}
