import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  DatabaseExportsStore,
  ExportProgress,
  NewExport,
} from '../../database/exporting/DatabaseExportsStore';
import type { ExportLimits } from '../../database/exporting/exportLimits';
import type { WholeFile } from './Exports';
import { ExportInterruptedError } from './ExportInterruptedError';
import { ExportTimeoutError } from './ExportTimeoutError';
import { CANCELLED, failureReason } from './failureReason';

/**
 * How often an export says that it still runs, and how far it has come, and
 * whether it takes too long is looked at.
 */
const SEEN_EVERY_MS = 2_000;

interface RunningExportOptions {
  begun: NewExport;
  /** Gives back what it has taken. */
  free: () => void;
  limits: ExportLimits;
  logger: LoggerService;
  /** Aborted when the process ends. */
  stopping: AbortSignal;
  store: DatabaseExportsStore;
}

/**
 * What is known of an export while it runs; ends one that takes too long, or
 * that would run on when the process ends.
 */
export class RunningExport {
  readonly #closed = new AbortController();
  #ended = false;
  readonly #expired = new AbortController();
  readonly #interrupt = () => this.#expired.abort(new ExportInterruptedError());
  #movedAt = Date.now();
  readonly #options: RunningExportOptions;
  #progress: ExportProgress = { rows: 0, bytes: 0 };
  readonly #startedAt = Date.now();
  readonly #timer: NodeJS.Timeout;

  /** Takes note of an export, before it reads anything. */
  static async begin(options: RunningExportOptions): Promise<RunningExport> {
    try {
      await options.store.begin(options.begun);
    } catch (error) {
      options.free();
      throw error;
    }
    return new RunningExport(options);
  }

  private constructor(options: RunningExportOptions) {
    this.#options = options;
    const { limits, stopping } = options;
    stopping.addEventListener('abort', this.#interrupt);
    if (stopping.aborted) {
      this.#interrupt();
    }
    const { totalMs, pauseMs } = limits;
    this.#timer = setInterval(() => {
      this.#expire();
      this.#seen();
    }, Math.min(SEEN_EVERY_MS, totalMs, pauseMs));
    this.#timer.unref();
  }

  /** Stops what it reads. */
  get signal(): AbortSignal {
    return AbortSignal.any([this.#closed.signal, this.#expired.signal]);
  }

  /** Aborted when it may not go on, and not when it has ended otherwise. */
  get expired(): AbortSignal {
    return this.#expired.signal;
  }

  /** Takes note of how far it has come. */
  progress(progress: ExportProgress): void {
    this.#movedAt = Date.now();
    this.#progress = progress;
  }

  /** Takes note that all of its file is on its way but the last part. */
  async complete(file: WholeFile): Promise<void> {
    if (!this.#ended) {
      await this.#options.store.complete(this.#options.begun.id, file);
      this.#ended = true;
    }
  }

  /** Ends it. Unless it is complete, it has failed. */
  async close(reason: string = CANCELLED): Promise<void> {
    clearInterval(this.#timer);
    this.#options.stopping.removeEventListener('abort', this.#interrupt);
    this.#closed.abort();
    this.#options.free();
    if (!this.#ended) {
      this.#ended = true;
      const { begun, store } = this.#options;
      await store.fail(begun.id, {
        ...this.#progress,
        // Whoever notices it first, that is what it has ended of.
        reason: this.expired.aborted
          ? failureReason(this.expired.reason)
          : reason,
      });
    }
  }

  #expire() {
    const { totalMs, pauseMs } = this.#options.limits;
    if (Date.now() - this.#startedAt > totalMs) {
      this.#expired.abort(new ExportTimeoutError('It has run', totalMs));
    } else if (Date.now() - this.#movedAt > pauseMs) {
      this.#expired.abort(
        new ExportTimeoutError('No part of it was taken', pauseMs),
      );
    }
  }

  #seen() {
    const { begun, logger, store } = this.#options;
    store.seen(begun.id, this.#progress).catch(error => {
      logger.warn(`Export ${begun.id} cannot say that it runs`, toError(error));
    });
  }
}
