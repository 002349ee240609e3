import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError, toError } from '@backstage/errors';
import type { AuditTrailExportRecord } from 'backstage-plugin-audit-trail-common';
import { describeChoice } from '../../accessAudit/describeChoice';
import { userRefOf } from '../../accessAudit/AccessRecorder';
import type { DatabaseExportsStore } from '../../database/DatabaseExportsStore';
import type { LinesChunk } from '../../database/EventLines';
import { exportFileName } from '../../exporting/exportFileName';
import { fileFormat } from '../../exporting/exportFormats';
import { fileParts } from '../../exporting/fileParts';
import type {
  ExportFile,
  ExportOptions,
  ExportRequest,
  Exports,
  FilePart,
} from './Exports';
import type { ExportSlots } from './ExportSlots';
import type { ExportSource } from './ExportSource';
import { CANCELLED, failureReason } from './failureReason';

/** How often an export says that it still runs, and how far it has come. */
const SEEN_EVERY_MS = 2_000;

interface DefaultExportsOptions {
  logger: LoggerService;
  slots: ExportSlots;
  source: ExportSource;
  store: DatabaseExportsStore;
}

/** A list whose first item has been read already. */
async function* withFirst<T>(
  first: IteratorResult<T, void>,
  others: AsyncGenerator<T, void>,
): AsyncGenerator<T, void> {
  try {
    if (!first.done) {
      yield first.value;
      yield* others;
    }
  } finally {
    await others.return();
  }
}

/** Makes files of lines, and keeps what they have to be. */
export class DefaultExports implements Exports {
  readonly #options: DefaultExportsOptions;

  static create(options: DefaultExportsOptions): DefaultExports {
    return new DefaultExports(options);
  }

  private constructor(options: DefaultExportsOptions) {
    this.#options = options;
  }

  async begin(
    request: ExportRequest & { id: string },
    options: ExportOptions,
  ): Promise<ExportFile> {
    const { slots, source, store } = this.#options;
    const { id, filter, criteria, order, format, compress } = request;
    const userRef = userRefOf(options.credentials);
    const leave = slots.take(userRef);
    const controller = new AbortController();
    const lines = source.read(
      { criteria, order, format },
      { ...options, signal: controller.signal },
    );
    try {
      // A refusal has to be answered before the file begins.
      const [first, expected] = await Promise.all([
        lines.next(),
        source.expect(criteria, options),
      ]);
      const { details: choice } = describeChoice(criteria);
      await store.begin({ id, userRef, format, compress, choice });
      const { contentType } = fileFormat(format);
      const extension = compress ? `${format}.gz` : format;
      return {
        id,
        fileName: exportFileName(filter, extension, new Date()),
        contentType: compress ? 'application/gzip' : contentType,
        expected,
        ...this.#file(request, withFirst(first, lines), () => {
          controller.abort();
          leave();
        }),
      };
    } catch (error) {
      controller.abort();
      leave();
      await lines.return();
      throw error;
    }
  }

  async get(
    request: { id: string },
    options: ExportOptions,
  ): Promise<AuditTrailExportRecord> {
    const userRef = userRefOf(options.credentials);
    const found = await this.#options.store.get(request.id, userRef);
    if (!found) {
      throw new NotFoundError('There is no such export, or it is not yours');
    }
    return found;
  }

  #file(
    { id, format, compress }: ExportRequest & { id: string },
    chunks: AsyncGenerator<LinesChunk, void>,
    free: () => void,
  ): Pick<ExportFile, 'parts' | 'close'> {
    const { logger, store } = this.#options;
    let progress = { rows: 0, bytes: 0 };
    let ended = false;
    const timer = setInterval(() => {
      store.seen(id, progress).catch(error => {
        logger.warn(`Export ${id} cannot say that it runs`, toError(error));
      });
    }, SEEN_EVERY_MS);
    timer.unref();
    const fail = async (reason: string) => {
      ended = true;
      await store.fail(id, { ...progress, reason });
    };
    const close = async () => {
      clearInterval(timer);
      free();
      if (!ended) {
        await fail(CANCELLED);
      }
    };

    async function* parts(): AsyncGenerator<FilePart, void> {
      try {
        for await (const part of fileParts({
          chunks,
          format: fileFormat(format),
          compress,
        })) {
          if (part.whole && !ended) {
            // Before the last part, which nobody has without this.
            await store.complete(id, part.whole);
            ended = true;
          }
          progress = { rows: part.rows, bytes: part.bytes };
          yield part;
        }
      } catch (error) {
        if (!ended) {
          await fail(failureReason(error));
        }
        throw error;
      } finally {
        await close();
      }
    }
    return { parts: parts(), close };
  }
}
