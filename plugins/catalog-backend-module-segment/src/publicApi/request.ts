import { PublicApiError } from './PublicApiError';

/** What is kept of an answer. */
export interface Answer {
  status: number;
  headers: Headers;
  /** The body as JSON; undefined if it is none. */
  json: unknown;
}

async function readJson(response: Response, maxBytes: number) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop by an error cancels the rest of the body.
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new PublicApiError(`answered more than ${maxBytes} bytes`, {
        status: response.status,
      });
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The code of a network error, such as `ECONNREFUSED`. */
function errorCode(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : 'no connection';
}

/**
 * Asks for something. Follows no redirect, reads no more of the answer than it
 * is told, and gives up after a time.
 *
 * @throws `PublicApiError` if there is no answer, or one that is too long
 */
export async function request(options: {
  url: string;
  headers: Record<string, string>;
  maxBytes: number;
  timeoutMs: number;
  signal: AbortSignal;
}): Promise<Answer> {
  const { url, headers, maxBytes, timeoutMs, signal } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    });
    return {
      status: response.status,
      headers: response.headers,
      json: await readJson(response, maxBytes),
    };
  } catch (error) {
    if (error instanceof PublicApiError) {
      throw error;
    }
    if (signal.aborted) {
      throw new PublicApiError('was not waited for any longer');
    }
    // The error itself is not passed on: it may quote what was sent.
    throw new PublicApiError(
      timeout.aborted
        ? `did not answer within ${timeoutMs / 1000} seconds`
        : `could not be reached (${errorCode(error)})`,
    );
  }
}
