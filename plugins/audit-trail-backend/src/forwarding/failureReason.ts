import { isError } from '@backstage/errors';

/** Longest reason that is kept or told. */
const MAX_LENGTH = 500;

/** Why a call failed, fit to be kept, logged and shown: in one line, cut, and without secrets. */
export function failureReason(
  error: unknown,
  redactText: (text: string) => string,
): string {
  const text = isError(error) ? error.message : String(error);
  return redactText(text.replace(/\p{C}+/gu, ' ')).slice(0, MAX_LENGTH);
}
