import { readFile } from 'node:fs/promises';

/** Most of a body that is read. */
const MAX_BODY_BYTES = 5_000_000;

const ASSET_TYPES = {
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
};

/** A request's body as text. */
export async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw Object.assign(new Error('too large'), { status: 413 });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function send(response, status, body = '', headers = {}) {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  });
  response.end(body);
}

export function sendJson(response, value) {
  send(response, 200, JSON.stringify(value), {
    'Content-Type': 'application/json; charset=utf-8',
  });
}

/** A file that the page needs. */
export async function sendAsset(response, name) {
  const body = await readFile(new URL(name, import.meta.url), 'utf8');
  send(response, 200, body, { 'Content-Type': ASSET_TYPES[name] });
}
