import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  AuditTrailExport,
  ExportEventsRequest,
} from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';
import {
  chosenFileTarget,
  downloadTarget,
  type ExportTarget,
} from '../model/exportTarget';

/** How far an export is. */
export interface ExportProgress {
  bytes: number;
  /** Events sent so far, as the backend says now and then. */
  rows?: number;
  /** Events there will be, as far as it is known. */
  expected?: AuditTrailExport['expectedEvents'];
  secondsLeft?: number;
}

/** What becomes of an export. */
export type ExportState =
  | { status: 'idle' }
  | { status: 'running'; progress: ExportProgress }
  | { status: 'saved'; rows: number; bytes: number; fileName: string }
  | { status: 'failed'; bytes: number; error: Error };

/** An export that one can watch and stop. */
export interface Export {
  state: ExportState;
  /**
   * @param options.large - whether the file may be too large for the browser to
   * hold; the reader then chooses a file first
   */
  start(request: ExportEventsRequest, options: { large: boolean }): void;
  cancel(): void;
  dismiss(): void;
}

const PROGRESS_EVERY_MS = 250;
const ROWS_EVERY_MS = 2_000;

const suggestedName = ({ format = 'csv', compress }: ExportEventsRequest) =>
  `audit-trail_${new Date().toISOString().slice(0, 10)}.${format}${
    compress ? '.gz' : ''
  }`;

/** Time left if the rest takes as long as what there is. */
function secondsLeft(
  elapsedMs: number,
  { rows, expected }: ExportProgress,
): number | undefined {
  return rows && expected && !expected.orMore
    ? Math.max(0, (elapsedMs / 1000) * (expected.count / rows - 1))
    : undefined;
}

/**
 * Exports the filtered trail. A file is saved only when all of it has come,
 * which the backend is asked for at its end; of one that broke off nothing is
 * left.
 */
export function useExport(): Export {
  const api = useApi(auditTrailApiRef);
  const [state, setState] = useState<ExportState>({ status: 'idle' });
  const runningRef = useRef<AbortController>();

  const cancel = useCallback(() => {
    runningRef.current?.abort();
    runningRef.current = undefined;
    setState({ status: 'idle' });
  }, []);

  useEffect(() => () => runningRef.current?.abort(), []);

  const isRunning = state.status === 'running';
  useEffect(() => {
    if (!isRunning) {
      return undefined;
    }
    // The browser asks the reader, as the file would be lost.
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', hold);
    return () => window.removeEventListener('beforeunload', hold);
  }, [isRunning]);

  const start = useCallback(
    async (request: ExportEventsRequest, options: { large: boolean }) => {
      runningRef.current?.abort();
      const controller = new AbortController();
      runningRef.current = controller;
      const { signal } = controller;
      const show = (next: ExportState) => {
        if (!signal.aborted) {
          setState(next);
        }
      };
      let target: ExportTarget | undefined;
      let progress: ExportProgress = { bytes: 0 };
      let asking: ReturnType<typeof setTimeout> | undefined;
      try {
        // Before anything else, as it needs the reader's click.
        target =
          (options.large
            ? await chosenFileTarget(suggestedName(request))
            : undefined) ?? downloadTarget();
        show({ status: 'running', progress });
        const exported = await api.exportEvents(request, { signal });
        const startedAt = Date.now();
        let shownAt = startedAt;
        progress = { ...progress, expected: exported.expectedEvents };
        show({ status: 'running', progress });
        const ask = async () => {
          // Nothing is lost without an answer: it is only for show.
          const record =
            document.visibilityState === 'hidden'
              ? undefined
              : await exported.getRecord().catch(() => undefined);
          if (record) {
            progress = { ...progress, rows: record.rows };
            progress.secondsLeft = secondsLeft(
              Date.now() - startedAt,
              progress,
            );
          }
          if (asking !== undefined) {
            asking = setTimeout(ask, ROWS_EVERY_MS);
          }
        };
        asking = setTimeout(ask, ROWS_EVERY_MS);
        const { rows, bytes } = await exported.read(async part => {
          signal.throwIfAborted();
          await target!.write(part);
          progress = { ...progress, bytes: progress.bytes + part.length };
          if (Date.now() - shownAt > PROGRESS_EVERY_MS) {
            shownAt = Date.now();
            show({ status: 'running', progress });
          }
        });
        signal.throwIfAborted();
        const fileName = await target.save(exported.fileName);
        show({ status: 'saved', rows, bytes, fileName });
      } catch (error) {
        await target?.discard().catch(() => {});
        const { name } = error as Error;
        // They have cancelled it, or chosen no file.
        show(
          name === 'AbortError'
            ? { status: 'idle' }
            : {
                status: 'failed',
                bytes: progress.bytes,
                error:
                  error instanceof Error ? error : new Error(String(error)),
              },
        );
      } finally {
        clearTimeout(asking);
        asking = undefined;
      }
    },
    [api],
  );

  return { state, start, cancel, dismiss: cancel };
}
