import { lookup } from 'node:dns/promises';
import { DeliveryRetryError } from 'backstage-plugin-audit-trail-node';
import { Agent, request as send } from 'undici';
import { answerExcerpt, secretsOf } from './answerExcerpt';
import {
  createGuardedConnector,
  ForbiddenAddressError,
  type ResolveHost,
} from './guardedConnector';
import { readRetryAfter } from './retryAfter';

/** From the first packet to the last byte of the answer. */
const TIMEOUT_MS = 10_000;

/** What is read of an answer. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** What an {@link HttpPoster} is made from. */
export interface HttpPosterOptions {
  /**
   * Whether addresses of private networks and of this machine may be connected
   * to, over http as well.
   */
  allowPrivateAddresses?: boolean;
  /** How long a request may take in all; 10 seconds by default. */
  timeoutMs?: number;
  /** Asks for the addresses of a host; the operating system by default. */
  resolve?: ResolveHost;
  /** Certificates to trust instead of the usual ones, as PEM. */
  ca?: string;
}

/** One POST. */
export interface HttpPost {
  url: URL;
  headers: Record<string, string>;
  body: string | Uint8Array;
  signal: AbortSignal;
}

/** What a destination answered. */
export interface HttpAnswer {
  /** Scheme, host and port of the destination: its name in messages. */
  origin: string;
  status: number;
  /** The answer, cut off after 64 KB. */
  body: string;
  /** What of the answer may stand in a message or a log. */
  excerpt: string;
  /** How long the destination asks to wait. */
  retryAfterMs?: number;
}

async function readStart(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MAX_ANSWER_BYTES) {
      // Leaving the loop closes the connection.
      break;
    }
  }
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
}

/** Undici takes notice of a signal only once there is a connection. */
function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    });
  });
}

/**
 * Says what went wrong with a connection in a word. The message of such an
 * error may tell addresses, and its cause more.
 */
function describeFailure(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^\w{1,64}$/.test(code)
    ? `the connection failed (${code})`
    : 'the connection failed';
}

/**
 * Sends POST requests to destinations, and nowhere else: it connects to
 * allowed addresses only, follows no redirect, takes no proxy from the
 * environment, and neither waits nor reads without end.
 */
export class HttpPoster {
  readonly #agent: Agent;
  readonly #timeoutMs: number;

  static create(options: HttpPosterOptions = {}): HttpPoster {
    return new HttpPoster(options);
  }

  private constructor(options: HttpPosterOptions) {
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#agent = new Agent({
      connect: createGuardedConnector({
        allowPrivateAddresses: options.allowPrivateAddresses ?? false,
        resolve: options.resolve ?? (host => lookup(host, { all: true })),
        timeoutMs: this.#timeoutMs,
        ca: options.ca,
      }),
    });
  }

  /**
   * Sends one request. Whatever the answer's status is, it is returned.
   *
   * @throws `DeliveryRetryError` if there is no answer. Its message names the
   * destination by its origin only
   */
  async post({ url, headers, body, signal }: HttpPost): Promise<HttpAnswer> {
    const { origin } = url;
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const either = AbortSignal.any([signal, timeout]);
    try {
      either.throwIfAborted();
      const answer = await Promise.race([
        rejectOnAbort(either),
        send(url, {
          method: 'POST',
          headers: { 'user-agent': 'backstage-audit-trail', ...headers },
          body,
          dispatcher: this.#agent,
          signal: either,
        }),
      ]);
      const text = await readStart(answer.body);
      return {
        origin,
        status: answer.statusCode,
        body: text,
        excerpt: answerExcerpt(text, secretsOf(url, headers)),
        retryAfterMs: readRetryAfter(answer.headers['retry-after']),
      };
    } catch (error) {
      if (error instanceof ForbiddenAddressError) {
        throw new DeliveryRetryError(`${origin}: ${error.message}`);
      }
      if (signal.aborted) {
        throw new DeliveryRetryError(
          `${origin}: stopped before there was an answer`,
        );
      }
      if (timeout.aborted) {
        throw new DeliveryRetryError(
          `${origin}: no complete answer within ${this.#timeoutMs / 1000} s`,
        );
      }
      throw new DeliveryRetryError(`${origin}: ${describeFailure(error)}`);
    }
  }
}
