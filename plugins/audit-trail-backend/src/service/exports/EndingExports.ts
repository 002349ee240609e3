import type { AuditTrailExportRecord } from 'backstage-plugin-audit-trail-common';
import { ExportInterruptedError } from './ExportInterruptedError';
import type {
  ExportFile,
  ExportOptions,
  ExportRequest,
  Exports,
  FilePart,
} from './Exports';

/** So long the end of the process waits until it is written down. */
const GRACE_MS = 3_000;

/**
 * Breaks exports off when the process ends, which would otherwise wait for the
 * slowest reader. Stands before all that has something to write down of an end.
 */
export class EndingExports implements Exports {
  readonly #inner: Exports;
  readonly #running = new Set<Promise<unknown>>();
  readonly #stopping: AbortController;

  static create(options: {
    inner: Exports;
    /** Tells the exports themselves. */
    stopping: AbortController;
  }): EndingExports {
    return new EndingExports(options.inner, options.stopping);
  }

  private constructor(inner: Exports, stopping: AbortController) {
    this.#inner = inner;
    this.#stopping = stopping;
  }

  async begin(
    request: ExportRequest & { id: string },
    options: ExportOptions,
  ): Promise<ExportFile> {
    if (this.#stopping.signal.aborted) {
      throw new ExportInterruptedError();
    }
    return this.#track(async ended => {
      const file = await this.#inner.begin(request, options);
      // Whoever has a file closes it, and may at the same time still read it.
      let open = 1;
      const less = () => {
        open--;
        if (open === 0) {
          ended();
        }
      };
      async function* parts(): AsyncGenerator<FilePart, void> {
        open++;
        try {
          yield* file.parts;
        } finally {
          less();
        }
      }
      let closing: Promise<void> | undefined;
      return {
        ...file,
        parts: parts(),
        close: () => (closing ??= file.close().finally(less)),
      };
    });
  }

  async get(
    request: { id: string },
    options: ExportOptions,
  ): Promise<AuditTrailExportRecord> {
    return this.#inner.get(request, options);
  }

  /**
   * Breaks off what runs, and lets nothing begin any more. What is not written
   * down of it in time is by another process, as after a crash.
   */
  async stop(): Promise<void> {
    this.#stopping.abort();
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise(resolve => {
      timer = setTimeout(resolve, GRACE_MS);
    });
    await Promise.race([Promise.all(this.#running), grace]);
    clearTimeout(timer);
  }

  /** Knows of an export from its beginning until it says that it has ended. */
  async #track<T>(begin: (ended: () => void) => Promise<T>): Promise<T> {
    let ended = () => {};
    const running = new Promise<void>(resolve => {
      ended = resolve;
    });
    this.#running.add(running);
    const end = () => {
      this.#running.delete(running);
      ended();
    };
    try {
      return await begin(end);
    } catch (error) {
      end();
      throw error;
    }
  }
}
