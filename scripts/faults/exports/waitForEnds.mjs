import { setTimeout as delay } from 'node:timers/promises';

/** A lost export is found after a minute, by a task that runs every minute. */
const SETTLED_MS = 4 * 60_000;
const PAUSE_MS = 5_000;

/** How the exports of these ids ended, by what the trail says of them. */
async function readEnds(owner, ids) {
  const ends = new Map(ids.map(id => [id, []]));
  let cursor;
  do {
    const page = await owner.get('/events', {
      type: 'audit-trail.exported',
      limit: '200',
      ...(cursor ? { cursor } : {}),
    });
    for (const { outcome, correlationId } of page.items) {
      if (outcome !== 'initiated') {
        ends.get(correlationId)?.push(outcome);
      }
    }
    cursor = page.pageInfo.nextCursor;
  } while (cursor);
  return [...ends.values()];
}

/**
 * Waits until the trail has an end of each export, as an Owner reads it. Counts
 * those without one, with more than one, and ends as if all had been well.
 */
export async function waitForEnds(owner, ids) {
  const deadline = performance.now() + SETTLED_MS;
  for (;;) {
    const ends = await readEnds(owner, ids);
    const open = ends.filter(list => list.length === 0).length;
    if (open === 0 || performance.now() > deadline) {
      return {
        open,
        more: ends.filter(list => list.length > 1).length,
        succeeded: ends.flat().filter(one => one !== 'failed').length,
      };
    }
    await delay(PAUSE_MS);
  }
}
