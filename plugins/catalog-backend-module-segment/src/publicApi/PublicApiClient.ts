import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { PublicApiError } from './PublicApiError';
import { request, type Answer } from './request';
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

/** What is asked for. */
interface Question {
  path: string;
  stage: keyof typeof ACCEPT;
  signal: AbortSignal;
}

/** Asks Segment's Public API about a workspace. */
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
    question: Question & { read: (data: unknown) => T | undefined },
  ): Promise<T> {
    const data = await this.#data(question);
    const result = question.read(data);
    if (result === undefined) {
      throw this.#error(question, 'answered 200 in a form that is not known');
    }
    return result;
  }

  /**
   * The whole of a list, its entries as `read` makes them. An entry that cannot
   * be read is passed to `onUnreadable`.
   *
   * @throws `PublicApiError` if it is not told in full; with the status 404 if
   *   the workspace has no such list
   */
  async list<T>(
    question: Question & {
      /** Name of the list in the answer. */
      collection: string;
      read: (entry: unknown) => T | undefined;
      onUnreadable: () => void;
    },
  ): Promise<T[]> {
    const { collection, read, onUnreadable } = question;
    const entries: T[] = [];
    const cursors = new Set<string>();
    let cursor: string | undefined;
    do {
      if (cursors.size >= MAX_PAGES) {
        throw this.#error(question, `has more than ${MAX_PAGES} pages`);
      }
      const data = await this.#data(question, {
        'pagination[count]': String(PAGE_SIZE),
        ...(cursor && { [CURSOR]: cursor }),
      });
      const page = pageSchema.safeParse(data);
      const list = listSchema.safeParse(page.data?.[collection]);
      if (!page.success || !list.success) {
        throw this.#error(question, 'answered 200 in a form that is not known');
      }
      for (const entry of list.data) {
        const result = read(entry);
        if (result === undefined) {
          onUnreadable();
        } else {
          entries.push(result);
        }
      }
      const { next } = page.data.pagination;
      cursor = next || undefined;
      if (cursor && cursors.has(cursor)) {
        throw this.#error(question, 'names the same page again');
      }
      cursors.add(cursor ?? '');
    } while (cursor);
    return entries;
  }

  #error({ path }: Question, what: string, status?: number): PublicApiError {
    const { host } = new URL(this.#baseUrl);
    return new PublicApiError(
      `Segment's Public API (GET ${host}${path}) ${what}`,
      { status },
    );
  }

  /** The `data` of an answer; waits and asks again if that is the answer. */
  async #data(question: Question, params: Params = {}): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#ask(question, params);
      const { status, json } = answer;
      if (status === 200) {
        return (json as { data?: unknown } | null | undefined)?.data;
      }
      if (status === 401 || status === 403) {
        throw this.#error(
          question,
          `answered ${status}: the token has expired, or is not allowed that`,
          status,
        );
      }
      if (status !== 429) {
        // A 404 of something else in between says nothing about the workspace.
        const isOwn = !params[CURSOR] && errorSchema.safeParse(json).success;
        throw this.#error(
          question,
          `answered ${status}`,
          isOwn ? status : undefined,
        );
      }
      const waitMs = waitAsked(answer);
      if (waitMs > this.#maxWaitMs || attempt >= MAX_ATTEMPTS) {
        throw this.#error(
          question,
          `answered 429 and asks to wait ${Math.ceil(waitMs / 1000)} seconds`,
          status,
        );
      }
      await wait(waitMs, undefined, { signal: question.signal }).catch(() => {
        throw this.#error(question, 'was not waited for any longer');
      });
    }
  }

  async #ask(question: Question, params: Params): Promise<Answer> {
    const { path, stage, signal } = question;
    const url = new URL(`${this.#baseUrl}${path}`);
    url.search = new URLSearchParams(params).toString();
    try {
      return await request({
        url: url.href,
        headers: {
          Accept: ACCEPT[stage],
          Authorization: `Bearer ${this.#token}`,
        },
        maxBytes: MAX_BYTES,
        timeoutMs: this.#timeoutMs,
        signal,
      });
    } catch (error) {
      throw error instanceof PublicApiError
        ? this.#error(question, error.message, error.status)
        : error;
    }
  }
}
