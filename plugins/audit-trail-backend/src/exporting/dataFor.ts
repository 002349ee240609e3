import type { Writable } from 'node:stream';

/**
 * Data that a stream may be given though its memory is used again as soon as the
 * stream asks for more. It has written all of it by then if it is as much as its
 * high-water mark; of less it may still hold some, and is given a copy.
 */
export function dataFor(
  stream: Pick<Writable, 'writableHighWaterMark'>,
  data: Buffer,
): Buffer {
  return data.length >= stream.writableHighWaterMark ? data : Buffer.from(data);
}
