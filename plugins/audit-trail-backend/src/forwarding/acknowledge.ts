import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { DatabaseDeliveryQueue } from '../database/forwarding/DatabaseDeliveryQueue';
import type {
  DatabaseDestinationStatusStore,
  Lease,
} from '../database/forwarding/DatabaseDestinationStatusStore';

/** Pauses before it is tried again: half a minute in all. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000];

/**
 * Acknowledges what a destination has taken. What cannot be acknowledged is
 * sent once more, so it is tried for some time.
 *
 * @returns how many deliveries it was, and whether the lease still holds
 */
export async function acknowledge(
  stores: {
    logger: LoggerService;
    queue: DatabaseDeliveryQueue;
    status: DatabaseDestinationStatusStore;
  },
  lease: Lease,
  taken: { eventIds: string[]; nextCallAt: Date },
): Promise<{ delivered: number; held: boolean }> {
  const { logger, queue, status } = stores;
  const { eventIds, nextCallAt } = taken;
  for (let failed = 0; ; failed++) {
    try {
      // One commit for a batch: it is what takes longest in the database.
      return await queue.transaction(async tx => {
        const delivered = await queue.finish(lease, eventIds, 'delivered', {
          tx,
        });
        const held = await status.noteSuccess(
          lease,
          { delivered, nextCallAt },
          tx,
        );
        return { delivered, held };
      });
    } catch (error) {
      if (failed === PAUSES_MS.length) {
        throw error;
      }
      logger.warn('Could not acknowledge, trying again', toError(error));
      await delay(PAUSES_MS[failed]);
    }
  }
}
