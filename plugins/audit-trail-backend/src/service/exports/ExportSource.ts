import type {
  EventLines,
  EventLinesRequest,
  LinesChunk,
} from '../../database/exporting/EventLines';
import type { AuditEventsStore } from '../../database/AuditEventsStore';
import type { AuditEventCriteria } from '../../database/criteria';
import type { ExportOptions } from './Exports';

/** How many events there are, counted up to a limit and within a time. */
export interface ExpectedEvents {
  count: number;
  /** Whether there are more. */
  orMore: boolean;
}

/** The lines of an export, as far as the caller may have them. */
export interface ExportSource {
  /** As {@link EventLines.read}. */
  read(
    request: EventLinesRequest,
    options: ExportOptions & { signal: AbortSignal },
  ): AsyncGenerator<LinesChunk, void>;

  /** How many lines there will be; `undefined` if that takes too long to tell. */
  expect(
    criteria: AuditEventCriteria,
    options: ExportOptions,
  ): Promise<ExpectedEvents | undefined>;
}

/** Counting stops here, and then. */
const MAX_EXPECTED = 1_000_000;
const COUNT_MS = 1_000;

/** Lines from the store. Knows nothing of permissions. */
export class StoredExportSource implements ExportSource {
  readonly #lines: EventLines;
  readonly #store: AuditEventsStore;

  static create(options: {
    lines: EventLines;
    store: AuditEventsStore;
  }): StoredExportSource {
    return new StoredExportSource(options.lines, options.store);
  }

  private constructor(lines: EventLines, store: AuditEventsStore) {
    this.#lines = lines;
    this.#store = store;
  }

  read(
    request: EventLinesRequest,
    options: { signal: AbortSignal },
  ): AsyncGenerator<LinesChunk, void> {
    return this.#lines.read(request, options.signal);
  }

  async expect(
    criteria: AuditEventCriteria,
  ): Promise<ExpectedEvents | undefined> {
    const count = await this.#store.countWithin(criteria, {
      limit: MAX_EXPECTED + 1,
      milliseconds: COUNT_MS,
    });
    return count === undefined
      ? undefined
      : { count: Math.min(count, MAX_EXPECTED), orMore: count > MAX_EXPECTED };
  }
}
