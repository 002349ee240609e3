import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { MAX_BODY_BYTES } from '../ingest/limits';
import { eventInput } from './events';

/** A body that is to be refused. */
export interface HostileBody {
  body: Buffer;
  encoding?: 'gzip' | 'deflate' | 'br';
  /** Whether its length is not told beforehand. */
  chunked?: boolean;
}

const SIX_MB = 6_000_000;
const LEVELS = 100_000;

/** A gigabyte of zeros, packed into a megabyte: gzip allows of several parts. */
const gzipBomb = () =>
  Buffer.concat(Array(64).fill(gzipSync(Buffer.alloc(16 * 1024 * 1024))));

/** Bodies that are too large, whatever is in them; by name. */
export function oversizedBodies(): Record<string, HostileBody> {
  const large = Buffer.alloc(SIX_MB, ' ');
  return {
    '6 MB': { body: large },
    'a byte more than 5 MB': { body: Buffer.alloc(MAX_BODY_BYTES + 1, ' ') },
    '6 MB in chunks': { body: large, chunked: true },
    '6 MB by gzip': { body: gzipSync(large), encoding: 'gzip' },
    '6 MB by deflate': { body: deflateSync(large), encoding: 'deflate' },
    'a gigabyte by gzip': { body: gzipBomb(), encoding: 'gzip' },
    'a gigabyte by gzip in chunks': {
      body: gzipBomb(),
      encoding: 'gzip',
      chunked: true,
    },
  };
}

/** Unpacked by nobody here. */
export const brotliBody = (): HostileBody => ({
  body: brotliCompressSync(Buffer.alloc(SIX_MB, ' ')),
  encoding: 'br',
});

const deep = `${'{"a":'.repeat(LEVELS)}1${'}'.repeat(LEVELS)}`;
const keys = JSON.stringify(
  Object.fromEntries(Array.from({ length: 1_001 }, (_, n) => [`k${n}`, n])),
);

/** Details of an event that break a limit, as JSON; by name. */
export const HOSTILE_DETAILS: Record<string, string> = {
  'an event over 32 KB': JSON.stringify({ text: 'x'.repeat(33_000) }),
  '100,000 levels': deep,
  '1,001 keys': keys,
  'a key named __proto__': '{"__proto__":{"a":1}}',
};

/** An event with such details, as JSON. */
export const eventText = (details: string): string =>
  JSON.stringify(eventInput({ details: { in: 'HERE' } })).replace(
    '{"in":"HERE"}',
    details,
  );

/** Pads a JSON text with spaces. */
export const padded = (text: string, bytes: number): Buffer =>
  Buffer.concat([Buffer.from(text), Buffer.alloc(bytes, ' ')], bytes);
