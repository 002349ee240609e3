/**
 * What is kept of an answer.
 *
 * @public
 */
export interface SegmentAnswer {
  status: number;
  headers: Headers;
  /** The body's beginning, as far as it was read. */
  body: string;
  /** Whether that is the whole of it. */
  whole: boolean;
}

/**
 * Why there is no answer, such as `could not be reached (ECONNREFUSED)`.
 * Quotes nothing of what was sent.
 *
 * @public
 */
export class SegmentRequestError extends Error {
  readonly name = 'SegmentRequestError';
}

/** Reads a body up to a limit, and leaves the rest. */
async function readBody(response: Response, maxBytes: number) {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  let whole = !reader;
  while (reader && size <= maxBytes) {
    const { done, value } = await reader.read();
    if (done) {
      whole = true;
      break;
    }
    chunks.push(value);
    size += value.byteLength;
  }
  if (!whole) {
    await reader?.cancel();
  }
  return {
    body: Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8'),
    whole,
  };
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
 * @throws `SegmentRequestError` if there is no answer
 * @public
 */
export async function segmentRequest(options: {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  maxAnswerBytes: number;
  timeoutMs: number;
  signal: AbortSignal;
}): Promise<SegmentAnswer> {
  const { maxAnswerBytes, signal, timeoutMs } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(options.url, {
      method: options.method,
      headers: options.headers,
      body: options.body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    });
    return {
      status: response.status,
      headers: response.headers,
      ...(await readBody(response, maxAnswerBytes)),
    };
  } catch (error) {
    // The error itself is not passed on: it may quote what was sent.
    if (signal.aborted) {
      throw new SegmentRequestError('was not waited for any longer');
    }
    throw new SegmentRequestError(
      timeout.aborted
        ? `did not answer within ${timeoutMs / 1000} seconds`
        : `could not be reached (${errorCode(error)})`,
    );
  }
}
