import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { segmentRequest, SegmentRequestError } from '../segmentRequest';
import { PublicApiError } from './PublicApiError';
import { waitAsked } from './waitAsked';

/** Entries a page, and pages of a list that are read at most. */
const PAGE_SIZE = 100;
const MAX_PAGES = 200;
/** Most bytes of an answer; the description of a source can be long. */
const MAX_BYTES = 10 * 1024 * 1024;
/** How often one request is made while the API answers that it has to wait. */
const MAX_ATTEMPTS = 5;

/** Media types: of what is stable, and of what is still in its alpha stage. */
const ACCEPT = {
  v1: 'application/vnd.segment.v1+json',
  v1alpha: 'application/vnd.segment.v1alpha+json',
};

const pageSchema = z.looseObject({
  pagination: z.object({ next: z.string().nullish() }),
});
const listSchema = z.array(z.unknown());
const errorSchema = z.object({ errors: z.array(z.unknown()) });

const CURSOR = 'pagination[cursor]';

type Params = Record<string, string>;

/**
 * What is asked for.
 *
 * @public
 */
export interface PublicApiQuestion {
  path: string;
  /** What the address is to Segment: stable, unless it is said. */
  stage?: keyof typeof ACCEPT;
  params?: Params;
  signal: AbortSignal;
}

/**
 * A list that is asked for.
 *
 * @public
 */
export interface PublicApiListQuestion<T> extends PublicApiQuestion {
  /** Name of the list in the answer. */
  collection: string;
  /** Makes something of an entry; `undefined` if it cannot be read. */
  read(entry: unknown): T | undefined;
  /** Entries a page; 100 if left out. */
  pageSize?: number;
}

/**
 * One page of a list.
 *
 * @public
 */
export interface PublicApiPage<T> {
  entries: T[];
  /** How many more there are that cannot be read. */
  unreadable: number;
}

/**
 * Asks Segment's Public API about a workspace.
 *
 * @public
 */
export class PublicApiClient {
  readonly #baseUrl: string;
  readonly #token: string;
  readonly #timeoutMs: number;
  readonly #maxWaitMs: number;

  /**
   * @param options - where, with which token, how long a request may take, and
   *   how long it is waited at most when the API asks to wait
   */
  constructor(options: {
    baseUrl: string;
    token: string;
    timeoutMs?: number;
    maxWaitMs?: number;
  }) {
    this.#baseUrl = options.baseUrl;
    this.#token = options.token;
    this.#timeoutMs = options.timeoutMs ?? 30_000;
    this.#maxWaitMs = options.maxWaitMs ?? 60_000;
  }

  /**
   * One thing, as `read` makes it of the answer.
   *
   * @throws `PublicApiError` if it is not told
   */
  async get<T>(
    question: PublicApiQuestion & { read: (data: unknown) => T | undefined },
  ): Promise<T> {
    const data = await this.#data(question, question.params);
    const result = question.read(data);
    if (result === undefined) {
      throw this.#formError(question);
    }
    return result;
  }

  /**
   * The pages of a list, one after the other. Their end is the end of the list.
   *
   * @throws `PublicApiError` if it is not told in full; with the status 404 if
   *   the workspace has no such list
   */
  async *pages<T>(
    question: PublicApiListQuestion<T>,
  ): AsyncGenerator<PublicApiPage<T>> {
    const { collection, params, read, pageSize = PAGE_SIZE } = question;
    const cursors = new Set<string>();
    let cursor: string | undefined;
    do {
      if (cursors.size >= MAX_PAGES) {
        throw this.#error(question, `has more than ${MAX_PAGES} pages`);
      }
      const data = await this.#data(question, {
        ...params,
        'pagination[count]': String(pageSize),
        ...(cursor && { [CURSOR]: cursor }),
      });
      const page = pageSchema.safeParse(data);
      const list = listSchema.safeParse(page.data?.[collection]);
      if (!page.success || !list.success) {
        throw this.#formError(question);
      }
      const entries = list.data
        .map(read)
        .filter(entry => entry !== undefined) as T[];
      yield { entries, unreadable: list.data.length - entries.length };
      const { next } = page.data.pagination;
      cursor = next || undefined;
      if (cursor && cursors.has(cursor)) {
        throw this.#error(question, 'names the same page again');
      }
      cursors.add(cursor ?? '');
    } while (cursor);
  }

  /**
   * The whole of a list.
   *
   * @throws as {@link PublicApiClient.pages} does
   */
  async list<T>(question: PublicApiListQuestion<T>): Promise<PublicApiPage<T>> {
    const whole: PublicApiPage<T> = { entries: [], unreadable: 0 };
    for await (const { entries, unreadable } of this.pages(question)) {
      whole.entries.push(...entries);
      whole.unreadable += unreadable;
    }
    return whole;
  }

  #formError(question: PublicApiQuestion): PublicApiError {
    return this.#error(question, 'answered 200 in a form that is not known', {
      status: 200,
    });
  }

  #error(
    { path }: PublicApiQuestion,
    what: string,
    details: { status?: number; retryAfterMs?: number } = {},
  ): PublicApiError {
    const { host } = new URL(this.#baseUrl);
    return new PublicApiError(
      `Segment's Public API (GET ${host}${path}) ${what}`,
      details,
    );
  }

  /** The `data` of an answer; waits and asks again if that is the answer. */
  async #data(
    question: PublicApiQuestion,
    params: Params = {},
  ): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      const { status, headers, json } = await this.#ask(question, params);
      if (status === 200) {
        return (json as { data?: unknown } | null | undefined)?.data;
      }
      if (status === 401 || status === 403) {
        throw this.#error(
          question,
          `answered ${status}: the token has expired, or is not allowed that`,
          { status },
        );
      }
      if (status !== 429) {
        // A 404 of something else in between says nothing about the workspace.
        const isOwn = !params[CURSOR] && errorSchema.safeParse(json).success;
        throw this.#error(question, `answered ${status}`, {
          status: isOwn ? status : undefined,
        });
      }
      const waitMs = waitAsked({ headers, json });
      if (waitMs > this.#maxWaitMs || attempt >= MAX_ATTEMPTS) {
        throw this.#error(
          question,
          `answered 429 and asks to wait ${Math.ceil(waitMs / 1000)} seconds`,
          { status, retryAfterMs: waitMs },
        );
      }
      await wait(waitMs, undefined, { signal: question.signal }).catch(() => {
        throw this.#error(question, 'was not waited for any longer');
      });
    }
  }

  async #ask(question: PublicApiQuestion, params: Params) {
    const { path, stage = 'v1', signal } = question;
    const url = new URL(`${this.#baseUrl}${path}`);
    url.search = new URLSearchParams(params).toString();
    try {
      const { status, headers, body, whole } = await segmentRequest({
        url: url.href,
        method: 'GET',
        headers: {
          Accept: ACCEPT[stage],
          Authorization: `Bearer ${this.#token}`,
        },
        maxAnswerBytes: MAX_BYTES,
        timeoutMs: this.#timeoutMs,
        signal,
      });
      if (!whole) {
        throw this.#error(question, `answered more than ${MAX_BYTES} bytes`, {
          status,
        });
      }
      return { status, headers, json: parseJson(body) };
    } catch (error) {
      throw error instanceof SegmentRequestError
        ? this.#error(question, error.message)
        : error;
    }
  }
}

/** A body as JSON; undefined if it is none. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
