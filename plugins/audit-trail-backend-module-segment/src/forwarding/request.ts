import { DeliveryRetryError } from 'backstage-plugin-audit-trail-node';

/** What is kept of an answer. */
export interface Answer {
  status: number;
  headers: Headers;
  /** The body's beginning, as far as it was read. */
  body: string;
}

/** Reads a body up to a limit, and leaves the rest. */
async function readBody(response: Response, maxBytes: number) {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (reader && size < maxBytes) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    chunks.push(value);
    size += value.byteLength;
  }
  await reader?.cancel();
  return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
}

/** The code of a network error, such as `ECONNREFUSED`. */
function errorCode(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : 'no connection';
}

/**
 * Makes a request. Follows no redirect, reads no more of the answer than it is
 * told, and gives up after a time.
 *
 * @throws `DeliveryRetryError` if there is no answer
 */
export async function request(options: {
  /** What is called, for errors. */
  name: string;
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  maxAnswerBytes: number;
  timeoutMs: number;
  signal: AbortSignal;
}): Promise<Answer> {
  const { name, timeoutMs } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(options.url, {
      method: options.method,
      headers: options.headers,
      body: options.body,
      redirect: 'manual',
      signal: AbortSignal.any([options.signal, timeout]),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: await readBody(response, options.maxAnswerBytes),
    };
  } catch (error) {
    // The error itself is not passed on: it may quote what was sent.
    if (options.signal.aborted) {
      throw new DeliveryRetryError(`The call to ${name} was stopped`);
    }
    throw new DeliveryRetryError(
      timeout.aborted
        ? `${name} did not answer within ${timeoutMs / 1000} seconds`
        : `${name} could not be reached (${errorCode(error)})`,
    );
  }
}

/** The Retry-After header, seconds or a date, in milliseconds from now. */
export function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) {
    return undefined;
  }
  const time = /^\d+$/.test(value)
    ? Number(value) * 1000
    : Date.parse(value) - Date.now();
  return Number.isFinite(time) ? Math.max(0, time) : undefined;
}
