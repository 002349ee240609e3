import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  DatabaseExportsStore,
  ExportProgress,
  NewExport,
} from '../../database/DatabaseExportsStore';
import type { WholeFile } from './Exports';
import { CANCELLED } from './failureReason';

/** How often an export says that it still runs, and how far it has come. */
const SEEN_EVERY_MS = 2_000;

interface RunningExportOptions {
  begun: NewExport;
  /** Gives back what it has taken. */
  free: () => void;
  logger: LoggerService;
  store: DatabaseExportsStore;
}

/** What is known of an export while it runs. */
export class RunningExport {
  readonly #controller = new AbortController();
  #ended = false;
  readonly #options: RunningExportOptions;
  #progress: ExportProgress = { rows: 0, bytes: 0 };
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
    this.#timer = setInterval(() => this.#seen(), SEEN_EVERY_MS);
    this.#timer.unref();
  }

  /** Stops what it reads. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Takes note of how far it has come. */
  progress(progress: ExportProgress): void {
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
    this.#controller.abort();
    this.#options.free();
    if (!this.#ended) {
      this.#ended = true;
      const { begun, store } = this.#options;
      await store.fail(begun.id, { ...this.#progress, reason });
    }
  }

  #seen() {
    const { begun, logger, store } = this.#options;
    store.seen(begun.id, this.#progress).catch(error => {
      logger.warn(`Export ${begun.id} cannot say that it runs`, toError(error));
    });
  }
}
