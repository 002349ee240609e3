import { isError } from '@backstage/errors';
import { ExportInterruptedError } from './ExportInterruptedError';
import { ExportTimeoutError } from './ExportTimeoutError';

/** Why an export ended whose reader has gone. */
export const CANCELLED = 'cancelled';
/** Why an export ended that took longer than it may. */
export const TIMED_OUT = 'timeout';
/** Why an export ended whose process did. */
export const INTERRUPTED = 'interrupted';

/** Why an export ended, in a word that tells nothing of the database. */
export function failureReason(error: unknown): string {
  if (error instanceof ExportTimeoutError) {
    return TIMED_OUT;
  }
  if (error instanceof ExportInterruptedError) {
    return INTERRUPTED;
  }
  const name = isError(error) ? error.name : 'Error';
  // Queries are only stopped when the reader has gone.
  return name === 'AbortError' ? CANCELLED : name;
}
