import { InputError, isError } from '@backstage/errors';

const statusOf = (error: unknown): number | undefined => {
  const status = (error as { statusCode?: unknown }).statusCode;
  return typeof status === 'number' ? status : undefined;
};

/** Whether a call was refused for what was in it, however often it is made. */
export function isRefusal(error: unknown): boolean {
  const status = statusOf(error);
  return status === 400 || status === 413 || status === 409;
}

/** Whether a call was refused for how much was in it. */
export function isTooLarge(error: unknown): boolean {
  return statusOf(error) === 413;
}

/** How long an answer asks to wait, in milliseconds. */
export function waitAsked(error: unknown): number | undefined {
  const { headers } =
    (error as { response?: { headers?: Headers } }).response ?? {};
  const seconds = Number(headers?.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

/** Why a call failed, in the words of who answered. */
export function reasonOf(error: unknown): string {
  const { body } = error as { body?: { error?: { message?: unknown } } };
  if (typeof body?.error?.message === 'string') {
    return body.error.message;
  }
  if (isError(error)) {
    const { cause } = error;
    return isError(cause)
      ? `${error.message}: ${cause.message}`
      : error.message;
  }
  return String(error);
}

/** The error for whoever recorded what is wrong. */
export function refusalOf(error: unknown): InputError {
  return new InputError(
    `The Audit Trail refuses it: ${reasonOf(error).replace(
      /\bevents\[0\]\.?/g,
      '',
    )}`,
  );
}
