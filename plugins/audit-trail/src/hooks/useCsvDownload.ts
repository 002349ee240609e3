import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { QueryAuditEventsRequest } from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';
import { CsvRowCounter } from '../model/CsvRowCounter';
import { fileNameOf } from '../model/fileName';

/** How far a download is. */
export type CsvDownloadState =
  | { status: 'idle' }
  | { status: 'running'; rows: number; bytes: number }
  | { status: 'saved'; rows: number; fileName: string }
  | { status: 'failed'; rows: number; error: Error };

/** What a download is about. */
export type CsvDownloadRequest = Pick<
  QueryAuditEventsRequest,
  'filter' | 'entityRef' | 'order'
>;

/** A download that one can watch and stop. */
export interface CsvDownload {
  state: CsvDownloadState;
  start(request: CsvDownloadRequest): void;
  cancel(): void;
  dismiss(): void;
}

const PROGRESS_EVERY = 150;

function saveFile(parts: BlobPart[], fileName: string): void {
  const url = URL.createObjectURL(new Blob(parts, { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/**
 * Downloads the filtered trail as CSV. The backend ends the body normally only
 * when the file is complete and destroys the connection otherwise, so that
 * reading to the end without an error is the proof that nothing is missing:
 * a file is saved only then.
 */
export function useCsvDownload(): CsvDownload {
  const api = useApi(auditTrailApiRef);
  const [state, setState] = useState<CsvDownloadState>({ status: 'idle' });
  const stopRef = useRef<() => void>();

  const cancel = useCallback(() => {
    stopRef.current?.();
    stopRef.current = undefined;
    setState({ status: 'idle' });
  }, []);

  useEffect(() => () => stopRef.current?.(), []);

  const start = useCallback(
    async (request: CsvDownloadRequest) => {
      let stopped = false;
      let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
      stopRef.current?.();
      stopRef.current = () => {
        stopped = true;
        reader?.cancel().catch(() => {});
      };
      const counter = new CsvRowCounter();
      const parts: BlobPart[] = [];
      let bytes = 0;
      let shownAt = Date.now();
      setState({ status: 'running', rows: 0, bytes: 0 });
      try {
        const response = await api.exportCsv(request);
        if (!response.body) {
          throw new Error('The server sent no file');
        }
        reader = response.body.getReader();
        if (stopped) {
          await reader.cancel();
          return;
        }
        for (;;) {
          const { done, value } = await reader.read();
          if (stopped) {
            return;
          }
          if (done) {
            break;
          }
          counter.add(value);
          parts.push(value as BlobPart);
          bytes += value.byteLength;
          if (Date.now() - shownAt > PROGRESS_EVERY) {
            shownAt = Date.now();
            setState({ status: 'running', rows: counter.rows, bytes });
          }
        }
        const fileName =
          fileNameOf(response.headers.get('Content-Disposition')) ??
          `audit-trail-${new Date().toISOString().slice(0, 10)}.csv`;
        saveFile(parts, fileName);
        setState({ status: 'saved', rows: counter.rows, fileName });
      } catch (error) {
        if (!stopped) {
          setState({
            status: 'failed',
            rows: counter.rows,
            error: error instanceof Error ? error : new Error(String(error)),
          });
        }
      }
    },
    [api],
  );

  return { state, start, cancel, dismiss: cancel };
}
