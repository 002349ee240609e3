import type { JsonObject } from '@backstage/types';
import type {
  AuditEventOutcome,
  AuditTrailExportRecord,
} from 'backstage-plugin-audit-trail-common';
import type {
  ExportFile,
  ExportOptions,
  ExportRequest,
  Exports,
  FilePart,
} from '../service/exports/Exports';
import { CANCELLED, failureReason } from '../service/exports/failureReason';
import { userRefOf, type AccessRecorder } from './AccessRecorder';
import { describeChoice } from './describeChoice';

/**
 * Records in the trail who takes a copy of it. Stands before the decision what
 * they may have, so that those who are refused are recorded as well.
 */
export class AuditedExports implements Exports {
  readonly #inner: Exports;
  readonly #recorder: AccessRecorder;

  static create(options: {
    inner: Exports;
    recorder: AccessRecorder;
  }): AuditedExports {
    return new AuditedExports(options.inner, options.recorder);
  }

  private constructor(inner: Exports, recorder: AccessRecorder) {
    this.#inner = inner;
    this.#recorder = recorder;
  }

  async begin(
    request: ExportRequest & { id: string },
    options: ExportOptions,
  ): Promise<ExportFile> {
    const { id, criteria, format, compress } = request;
    const userRef = userRefOf(options.credentials);
    const common: JsonObject = { ...describeChoice(criteria).details, format };
    if (compress) {
      common.compress = compress;
    }
    let ended = false;
    const record = async (outcome: AuditEventOutcome, more?: object) => {
      ended = outcome !== 'initiated';
      const details = { ...common, ...more };
      await this.#recorder.export(userRef, { id, outcome, details });
    };
    await record('initiated');
    let file: ExportFile;
    try {
      file = await this.#inner.begin(request, options);
    } catch (error) {
      await record('failed', {
        rows: 0,
        bytes: 0,
        reason: failureReason(error),
      });
      throw error;
    }
    // Whoever has been given a part has it, whether they ask on or not.
    let given = { rows: 0, bytes: 0 };
    const close = async () => {
      await file.close();
      if (!ended) {
        const { aborted, reason } = file.expired;
        await record('failed', {
          ...given,
          reason: aborted ? failureReason(reason) : CANCELLED,
        });
      }
    };
    async function* parts(): AsyncGenerator<FilePart, void> {
      try {
        for await (const part of file.parts) {
          if (part.whole) {
            await record('succeeded', part.whole);
          }
          given = { rows: part.rows, bytes: part.bytes };
          yield part;
        }
      } catch (error) {
        if (!ended) {
          const reason = file.expired.aborted ? file.expired.reason : error;
          await record('failed', { ...given, reason: failureReason(reason) });
        }
        throw error;
      } finally {
        await close();
      }
    }
    return { ...file, parts: parts(), close };
  }

  /** Tells nothing of events. */
  async get(
    request: { id: string },
    options: ExportOptions,
  ): Promise<AuditTrailExportRecord> {
    return this.#inner.get(request, options);
  }
}
