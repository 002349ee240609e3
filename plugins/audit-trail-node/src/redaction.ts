/**
 * Redaction of secrets, for the backend of the Audit Trail.
 *
 * @packageDocumentation
 */

export { EventRedactor } from './redaction/EventRedactor';
export { readRedactionConfig } from './redaction/readRedactionConfig';
export type { RedactionConfig } from './redaction/readRedactionConfig';
export { SecretKeys } from './redaction/SecretKeys';
export { createMark } from './redaction/secretMarker';
export { SecretRedactor } from './redaction/SecretRedactor';
