import type { DatabaseDeliveriesStore } from '../database/DatabaseDeliveriesStore';

/** So many at a time, so that appends need not wait. */
const CHUNK = 5_000;

/** Takes all that waits for a destination that is off out of its queue. */
export async function dropQueue(
  deliveries: DatabaseDeliveriesStore,
  destinationId: string,
): Promise<void> {
  let dropped = CHUNK;
  while (dropped === CHUNK) {
    dropped = await deliveries.drop(destinationId, {
      error: 'The destination was switched off',
      limit: CHUNK,
    });
  }
}
