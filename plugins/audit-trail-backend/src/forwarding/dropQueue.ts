import type { DatabaseDeliveryQueue } from '../database/forwarding/DatabaseDeliveryQueue';

/** So many at a time, so that appends need not wait. */
const CHUNK = 5_000;

/**
 * Takes some of what waits for a destination that is off out of its queue.
 *
 * @returns whether there may be more
 */
export async function dropSome(
  queue: DatabaseDeliveryQueue,
  destinationId: string,
): Promise<boolean> {
  const dropped = await queue.drop(destinationId, {
    error: 'The destination was switched off',
    limit: CHUNK,
  });
  return dropped === CHUNK;
}

/** Takes all that waits for a destination that is off out of its queue. */
export async function dropQueue(
  queue: DatabaseDeliveryQueue,
  destinationId: string,
): Promise<void> {
  while (await dropSome(queue, destinationId)) {
    // There may be more.
  }
}
