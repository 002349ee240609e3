import { auditEventIdTime } from '../database/auditEventId';
import type { DatabaseRetentionStore } from '../database/DatabaseRetentionStore';
import type { Retention } from './readRetention';

/** Since when all events are there that came, in milliseconds since 1970. */
export async function keptSince(options: {
  retention: Retention;
  store: DatabaseRetentionStore;
}): Promise<number> {
  const { maxAgeMs } = options.retention;
  const pruned = await options.store.prunedBefore();
  return Math.max(
    maxAgeMs === undefined ? 0 : Date.now() - maxAgeMs,
    pruned ? auditEventIdTime(pruned) : 0,
  );
}
