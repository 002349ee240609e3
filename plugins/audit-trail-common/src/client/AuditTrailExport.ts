import type { ResponseError } from '@backstage/errors';
import type { AuditTrailExportRecord } from '../exporting';

/**
 * Thrown where an export has ended and its file is not the whole file.
 *
 * @public
 */
export class IncompleteExportError extends Error {
  readonly name = 'IncompleteExportError';
}

/**
 * An export that has begun.
 *
 * @public
 */
export interface AuditTrailExport {
  id: string;
  /** Name for the file. */
  fileName: string;
  contentType: string;
  /** Events that the file will have, as far as it is known before. */
  expectedEvents?: {
    count: number;
    /** Whether there are more than `count` says. */
    orMore: boolean;
  };
  /** What the trail knows of the export by now. */
  getRecord(): Promise<AuditTrailExportRecord>;
  /**
   * Reads the file to its end, part by part, and then makes sure that it is the
   * whole file.
   *
   * @param write - takes a part; the next one is read when it is done
   * @returns what the trail knows of the file, with its rows and its hash
   * @throws `IncompleteExportError` if the connection broke off, or ended as if
   * all had come and it had not: whatever was written until then is to be thrown
   * away
   */
  read(write: (part: Uint8Array) => unknown): Promise<AuditTrailExportRecord>;
}

/** Pauses before it is asked again whether a file is whole, in milliseconds. */
const ASK_AGAIN_MS = [1_000, 2_000, 4_000];

const FILE_NAME = /filename="([^"]+)"/;

/** What the header says of the number of events: `1234` or `1000000+`. */
function readExpected(
  header: string | null,
): AuditTrailExport['expectedEvents'] {
  const match = /^(\d+)(\+?)$/.exec(header ?? '');
  return match
    ? { count: Number(match[1]), orMore: match[2] === '+' }
    : undefined;
}

/** An export, by the answer that has its file. */
export function openExport(options: {
  response: Response;
  getRecord(id: string): Promise<AuditTrailExportRecord>;
}): AuditTrailExport {
  const { response } = options;
  const id = response.headers.get('X-Audit-Trail-Export-Id') ?? '';
  const getRecord = () => options.getRecord(id);

  /** All has come by then, so an answer that does not come is worth waiting for. */
  async function getRecordSurely(): Promise<AuditTrailExportRecord> {
    for (const pauseMs of ASK_AGAIN_MS) {
      try {
        return await getRecord();
      } catch (error) {
        const { name, statusCode = 500 } = error as ResponseError;
        // Cancelled by the caller, or an answer that stays.
        if (
          (name as string) === 'AbortError' ||
          (statusCode < 500 && statusCode !== 429)
        ) {
          throw error;
        }
        await new Promise(resolve => setTimeout(resolve, pauseMs));
      }
    }
    return getRecord();
  }

  async function readBytes(write: (part: Uint8Array) => unknown) {
    const reader = response.body!.getReader();
    let bytes = 0;
    /** The next part; `undefined` at the end. */
    const next = async () => {
      try {
        const { value } = await reader.read();
        return value;
      } catch (error) {
        const { name, message } = error as Error;
        // Cancelled by the caller, who knows.
        throw name === 'AbortError'
          ? error
          : new IncompleteExportError(
              `The connection broke off after ${bytes} bytes: ${message}`,
            );
      }
    };
    try {
      for (let part = await next(); part; part = await next()) {
        bytes += part.length;
        await write(part);
      }
      return bytes;
    } finally {
      // Of no effect at the end; otherwise the server stops.
      reader.cancel().catch(() => {});
    }
  }

  return {
    id,
    fileName:
      FILE_NAME.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ??
      'audit-trail',
    contentType: response.headers.get('Content-Type') ?? '',
    expectedEvents: readExpected(
      response.headers.get('X-Audit-Trail-Export-Events'),
    ),
    getRecord,
    async read(write) {
      const bytes = await readBytes(write);
      const record = await getRecordSurely();
      if (record.status !== 'complete' || record.bytes !== bytes) {
        throw new IncompleteExportError(
          record.status === 'complete'
            ? `The file has ${record.bytes} bytes, of which ${bytes} have come`
            : `The export has ended before it was complete${
                record.reason ? ` (${record.reason})` : ''
              }; ${bytes} bytes have come`,
        );
      }
      return record;
    },
  };
}
