/** Most bytes of a batch: Segment's 500 KB in the stricter reading. */
export const MAX_BATCH_BYTES = 500_000;

/**
 * Most events of a batch. Segment answers 200 to a larger one, and drops what
 * is too much.
 */
export const MAX_BATCH_EVENTS = 2_500;

const body = (calls: string[], sentAt: Date) =>
  `{"batch":[${calls.join(',')}],"sentAt":"${sentAt.toISOString()}"}`;

/**
 * The bodies of the requests that send some calls, in their order: as few as
 * Segment's limits allow.
 *
 * @param calls - calls as JSON, none larger than a batch
 */
export function batchBodies(calls: string[], sentAt: Date): string[] {
  const empty = Buffer.byteLength(body([], sentAt));
  const batches: string[][] = [];
  let size = Infinity;
  for (const call of calls) {
    const callSize = Buffer.byteLength(call) + 1;
    const last = batches[batches.length - 1];
    if (
      !last ||
      size + callSize > MAX_BATCH_BYTES ||
      last.length === MAX_BATCH_EVENTS
    ) {
      batches.push([call]);
      size = empty + callSize;
    } else {
      last.push(call);
      size += callSize;
    }
  }
  return batches.map(batch => body(batch, sentAt));
}
