import type { ResponseError } from '@backstage/errors';
import { DateTime } from 'luxon';
import type { Translate } from '../translation';

/** The HTTP status behind an error of the API, if there is one. */
export function statusOf(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

/**
 * What went wrong, in the words of the backend where it gave some; those are
 * English.
 */
export function errorReason(t: Translate, error: Error): string {
  const { body, response } = error as Partial<ResponseError>;
  if (statusOf(error) === 429) {
    const retryAfter = response?.headers.get('Retry-After');
    return tooManyRequests(t, retryAfter ?? '');
  }
  const reason = body?.error?.message;
  // Something between here and the backend has answered, with a page of its own.
  return !reason || reason.startsWith('Request failed with status')
    ? error.message
    : reason;
}

/** When to try again: a header that has seconds or a date, if it may be read. */
function tooManyRequests(t: Translate, retryAfter: string): string {
  const seconds = /^\d+$/.test(retryAfter)
    ? Number(retryAfter)
    : Math.ceil(DateTime.fromHTTP(retryAfter).diffNow().as('seconds'));
  return seconds > 0
    ? t('error.tooManyRequestsFor', { count: seconds })
    : t('error.tooManyRequests');
}
