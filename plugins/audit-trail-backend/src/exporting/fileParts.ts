import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { LinesChunk } from '../database/exporting/EventLines';
import type { FilePart } from '../service/exports/Exports';
import { dataFor } from './dataFor';
import type { FileFormat } from './exportFormats';

/** Quick; a higher level takes a multiple of the time for a little less. */
const GZIP_LEVEL = 4;
const GZIP_CHUNK_BYTES = 64 * 1024;

/** Data of a file, until it is released. */
interface ContentPart {
  data: Buffer;
  release?(): void;
}

/** What goes into a file, and how many events have begun by now. */
interface Content {
  parts: AsyncGenerator<ContentPart, void>;
  rows(): number;
}

function contentOf(
  chunks: AsyncGenerator<LinesChunk, void>,
  format: FileFormat,
): Content {
  let rows = 0;
  async function* parts(): AsyncGenerator<ContentPart, void> {
    if (format.head) {
      yield { data: Buffer.from(format.head) };
    }
    for await (const chunk of chunks) {
      rows += chunk.rows;
      for (const data of chunk.parts) {
        yield { data, release: () => chunk.giveBack?.(data) };
      }
    }
    const tail = format.tail(rows);
    if (tail) {
      yield { data: Buffer.from(tail) };
    }
  }
  return { parts: parts(), rows: () => rows };
}

async function* gzipped(
  parts: AsyncGenerator<ContentPart, void>,
): AsyncGenerator<ContentPart, void> {
  const gzip = createGzip({ level: GZIP_LEVEL, chunkSize: GZIP_CHUNK_BYTES });
  async function* data() {
    for await (const part of parts) {
      yield dataFor(gzip, part.data);
      part.release?.();
    }
  }
  // What goes wrong with it comes out of the other end as well.
  const feeding = pipeline(data, gzip).catch(() => {});
  try {
    for await (const compressed of gzip) {
      yield { data: compressed };
    }
  } finally {
    gzip.destroy();
    await feeding;
  }
}

/**
 * The parts of a file. The last part is kept back until all is known of the
 * file, and says so. The data of a part is there until the next one is asked for.
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
  let kept: (FilePart & ContentPart) | undefined;
  const parts = compress ? gzipped(content.parts) : content.parts;
  for await (const part of parts) {
    if (kept) {
      yield kept;
      kept.release?.();
    }
    hash.update(part.data);
    bytes += part.data.length;
    kept = { ...part, bytes, rows: content.rows() };
  }
  const rows = content.rows();
  yield {
    ...(kept ?? { data: Buffer.alloc(0), bytes }),
    rows,
    whole: { rows, bytes, sha256: hash.digest('hex') },
  };
}
