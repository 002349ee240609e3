import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { AuditTrailExportRecord } from 'backstage-plugin-audit-trail-common';
import { describeChoice } from '../../accessAudit/describeChoice';
import { userRefOf } from '../../accessAudit/AccessRecorder';
import type { DatabaseExportsStore } from '../../database/exporting/DatabaseExportsStore';
import type { LinesChunk } from '../../database/exporting/EventLines';
import {
  EXPORT_LIMITS,
  type ExportLimits,
} from '../../database/exporting/exportLimits';
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
import { failureReason } from './failureReason';
import { RunningExport } from './RunningExport';

interface DefaultExportsOptions {
  /** How long an export may take. */
  limits?: ExportLimits;
  logger: LoggerService;
  slots: ExportSlots;
  source: ExportSource;
  /** Aborted when the process ends; none goes on after that. */
  stopping?: AbortSignal;
  store: DatabaseExportsStore;
}

/** Of a process that does not say when it ends. */
const NEVER = new AbortController().signal;

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
    const { limits = EXPORT_LIMITS, logger, slots } = this.#options;
    const { source, stopping = NEVER, store } = this.#options;
    const { id, filter, criteria, order, format, compress } = request;
    const userRef = userRefOf(options.credentials);
    const { details: choice } = describeChoice(criteria);
    const free = slots.take(userRef);
    // Before the first look at an event, so that none is pruned in between.
    const running = await RunningExport.begin({
      begun: { id, userRef, format, compress, choice },
      ...{ free, limits, logger, stopping, store },
    });
    const lines = source.read(
      { criteria, order, format },
      { ...options, signal: running.signal },
    );
    try {
      // A refusal has to be answered before the file begins.
      const [first, expected] = await Promise.all([
        lines.next(),
        source.expect(criteria, options),
      ]);
      const { contentType } = fileFormat(format);
      const extension = compress ? `${format}.gz` : format;
      return {
        id,
        fileName: exportFileName(filter, extension, new Date()),
        contentType: compress ? 'application/gzip' : contentType,
        expected,
        expired: running.expired,
        parts: this.#parts(request, withFirst(first, lines), running),
        close: () => running.close(),
      };
    } catch (error) {
      // Neither may hide why it could not begin.
      await Promise.allSettled([
        running.close(failureReason(error)),
        lines.return(),
      ]);
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

  async *#parts(
    { format, compress }: ExportRequest,
    chunks: AsyncGenerator<LinesChunk, void>,
    running: RunningExport,
  ): AsyncGenerator<FilePart, void> {
    try {
      for await (const part of fileParts({
        chunks,
        format: fileFormat(format),
        compress,
      })) {
        if (part.whole) {
          // Before the last part, which nobody has without this.
          await running.complete(part.whole);
        }
        running.progress({ rows: part.rows, bytes: part.bytes });
        yield part;
      }
    } catch (error) {
      await running.close(failureReason(error));
      throw error;
    } finally {
      await running.close();
    }
  }
}
