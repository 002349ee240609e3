import { once } from 'node:events';
import {
  isMainThread,
  parentPort,
  Worker,
  workerData,
} from 'node:worker_threads';
import { TrailClient } from './client.mjs';

const NEWLINE = '\n'.charCodeAt(0);

function countLines(chunk) {
  let lines = 0;
  for (let at = chunk.indexOf(NEWLINE); at >= 0; lines++) {
    at = chunk.indexOf(NEWLINE, at + 1);
  }
  return lines;
}

async function read({ url, token, params }) {
  const client = new TrailClient(url, token);
  const response = await client.open('/events/export', {
    ...params,
    format: 'csv',
  });
  let bytes = 0;
  let lines = 0;
  for await (const chunk of response.body) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    bytes += buffer.length;
    lines += countLines(buffer);
  }
  return { rows: lines - 1, bytes };
}

/**
 * Reads a whole CSV export, in a thread of its own: what it takes must not make
 * those look slow who ask for pages meanwhile.
 *
 * @param {TrailClient} client whose export it is
 * @returns its events and bytes
 */
export async function readExport({ url, token }, params) {
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { url, token, params },
  });
  const [result] = await once(worker, 'message');
  return result;
}

if (!isMainThread) {
  parentPort.postMessage(await read(workerData));
}
