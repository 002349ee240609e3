import type { DatabaseDeliveryQueue } from '../database/forwarding/DatabaseDeliveryQueue';

/** So many at a time, so that appends need not wait. */
const CHUNK = 5_000;

/** Takes all that waits for a destination that is off out of its queue. */
export async function dropQueue(
  queue: DatabaseDeliveryQueue,
  destinationId: string,
): Promise<void> {
  let dropped = CHUNK;
  while (dropped === CHUNK) {
    dropped = await queue.drop(destinationId, {
      error: 'The destination was switched off',
      limit: CHUNK,
    });
  }
}
