import { DeliveryRetryError } from 'backstage-plugin-audit-trail-node';
import { request } from './request';

/** Sources a page, and pages that are read at most. */
const PAGE_SIZE = 100;
const MAX_PAGES = 100;
/** Most bytes of a page; the description of a source can be long. */
const MAX_PAGE_BYTES = 5 * 1024 * 1024;

/** A source of the workspace, as the Public API lists it. */
interface ListedSource {
  id: string;
  slug: string;
  name?: string;
  enabled: boolean;
  writeKeys?: string[];
}

interface SourcesPage {
  sources: ListedSource[];
  pagination?: { next?: string | null };
}

/** What is told of a source; never its keys. */
export interface FoundSource {
  id: string;
  slug: string;
  /** Its name, or its slug if it has none. */
  name: string;
  enabled: boolean;
}

const clean = (text: unknown) =>
  String(text)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')
    .slice(0, 100);

/** Asks Segment's Public API for the sources of a workspace. */
export class SourcesClient {
  /** What the API is called in errors. */
  readonly name: string;
  readonly #baseUrl: string;
  readonly #token: string;
  readonly #timeoutMs: number;

  constructor(options: { baseUrl: string; token: string; timeoutMs: number }) {
    this.name = `Segment's Public API (${new URL(options.baseUrl).host})`;
    this.#baseUrl = options.baseUrl;
    this.#token = options.token;
    this.#timeoutMs = options.timeoutMs;
  }

  /**
   * The source that has a write key; an enabled one rather than a disabled one.
   *
   * @throws `DeliveryRetryError` if the Public API does not tell
   */
  async findByWriteKey(
    writeKey: string,
    signal: AbortSignal,
  ): Promise<FoundSource | undefined> {
    let found: ListedSource | undefined;
    let cursor: string | null | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const { sources, pagination } = await this.#list(cursor, signal);
      const having = sources.filter(({ writeKeys }) =>
        writeKeys?.includes(writeKey),
      );
      found = having.find(({ enabled }) => enabled) ?? found ?? having[0];
      cursor = pagination?.next;
      if (found?.enabled || !cursor) {
        return (
          found && {
            id: clean(found.id),
            slug: clean(found.slug),
            name: clean(found.name || found.slug),
            enabled: found.enabled === true,
          }
        );
      }
    }
    throw new DeliveryRetryError(
      `${this.name} lists more than ${MAX_PAGES * PAGE_SIZE} sources`,
    );
  }

  async #list(
    cursor: string | null | undefined,
    signal: AbortSignal,
  ): Promise<SourcesPage> {
    const params = new URLSearchParams({
      'pagination[count]': String(PAGE_SIZE),
    });
    if (cursor) {
      params.set('pagination[cursor]', cursor);
    }
    const { status, body } = await request({
      name: this.name,
      url: `${this.#baseUrl}/sources?${params}`,
      method: 'GET',
      headers: {
        Accept: 'application/vnd.segment.v1+json',
        Authorization: `Bearer ${this.#token}`,
      },
      maxAnswerBytes: MAX_PAGE_BYTES,
      timeoutMs: this.#timeoutMs,
      signal,
    });
    if (status === 401 || status === 403) {
      throw new DeliveryRetryError(
        `${this.name} answered ${status}: it does not take the token`,
      );
    }
    const data = status === 200 ? parsePage(body) : undefined;
    if (!data) {
      throw new DeliveryRetryError(
        `${this.name} answered ${status}, and no list of sources`,
      );
    }
    return data;
  }
}

function parsePage(body: string): SourcesPage | undefined {
  try {
    const { data } = JSON.parse(body);
    return Array.isArray(data?.sources) ? data : undefined;
  } catch {
    return undefined;
  }
}
