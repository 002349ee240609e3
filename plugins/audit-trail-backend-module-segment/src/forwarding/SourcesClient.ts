import { DeliveryRetryError } from 'backstage-plugin-audit-trail-node';
import { PublicApiClient, PublicApiError } from 'backstage-plugin-segment-node';
import { z } from 'zod';

const clean = (text: string) =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 100);

/** A source of the workspace, as the Public API lists it. */
const sourceSchema = z.object({
  id: z.string().transform(clean),
  slug: z.string().transform(clean),
  name: z.string().transform(clean).optional().catch(undefined),
  enabled: z.boolean().catch(false),
  writeKeys: z.array(z.unknown()).catch([]),
});

/** What is told of a source; never its keys. */
export interface FoundSource {
  id: string;
  slug: string;
  /** Its name, or its slug if it has none. */
  name: string;
  enabled: boolean;
}

/** Asks Segment's Public API for the sources of a workspace. */
export class SourcesClient {
  readonly #client: PublicApiClient;

  constructor(options: { baseUrl: string; token: string; timeoutMs: number }) {
    this.#client = new PublicApiClient({
      ...options,
      // Somebody waits for the answer.
      maxWaitMs: options.timeoutMs,
    });
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
    let found: FoundSource | undefined;
    try {
      const pages = this.#client.pages({
        path: '/sources',
        collection: 'sources',
        // Its keys end here.
        read: entry => {
          const { data } = sourceSchema.safeParse(entry);
          return data?.writeKeys.includes(writeKey)
            ? {
                id: data.id,
                slug: data.slug,
                name: data.name || data.slug,
                enabled: data.enabled,
              }
            : undefined;
        },
        signal,
      });
      for await (const { entries } of pages) {
        found = entries.find(({ enabled }) => enabled) ?? found ?? entries[0];
        if (found?.enabled) {
          break;
        }
      }
    } catch (error) {
      throw error instanceof PublicApiError
        ? new DeliveryRetryError(error.message)
        : error;
    }
    return found;
  }
}
