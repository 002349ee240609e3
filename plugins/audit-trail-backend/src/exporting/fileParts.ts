import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { LinesChunk } from '../database/EventLines';
import type { FilePart } from '../service/exports/Exports';
import type { FileFormat } from './exportFormats';

/** Quick; a higher level takes a multiple of the time for a little less. */
const GZIP_LEVEL = 4;
const GZIP_CHUNK_BYTES = 64 * 1024;

/** What goes into a file, and how many events have begun by now. */
interface Content {
  parts: AsyncGenerator<Buffer, void>;
  rows(): number;
}

function contentOf(
  chunks: AsyncGenerator<LinesChunk, void>,
  format: FileFormat,
): Content {
  let rows = 0;
  async function* parts() {
    if (format.head) {
      yield Buffer.from(format.head);
    }
    for await (const chunk of chunks) {
      rows += chunk.rows;
      yield* chunk.parts;
    }
    const tail = format.tail(rows);
    if (tail) {
      yield Buffer.from(tail);
    }
  }
  return { parts: parts(), rows: () => rows };
}

async function* gzipped(
  parts: AsyncGenerator<Buffer, void>,
): AsyncGenerator<Buffer, void> {
  const gzip = createGzip({ level: GZIP_LEVEL, chunkSize: GZIP_CHUNK_BYTES });
  // What goes wrong with it comes out of the other end as well.
  const feeding = pipeline(parts, gzip).catch(() => {});
  try {
    yield* gzip;
  } finally {
    gzip.destroy();
    await feeding;
  }
}

/**
 * The parts of a file. The last part is kept back until all is known of the
 * file, and says so.
 */
export async function* fileParts(options: {
  chunks: AsyncGenerator<LinesChunk, void>;
  format: FileFormat;
  compress?: 'gzip';
}): AsyncGenerator<FilePart, void> {
  const { chunks, format, compress } = options;
  const content = contentOf(chunks, format);
  const hash = createHash('sha256');
  let bytes = 0;
  let kept: FilePart | undefined;
  const parts = compress ? gzipped(content.parts) : content.parts;
  for await (const data of parts) {
    if (kept) {
      yield kept;
    }
    hash.update(data);
    bytes += data.length;
    kept = { data, bytes, rows: content.rows() };
  }
  const rows = content.rows();
  yield {
    ...(kept ?? { data: Buffer.alloc(0), bytes }),
    rows,
    whole: { rows, bytes, sha256: hash.digest('hex') },
  };
}
