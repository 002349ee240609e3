import type { Knex } from 'knex';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent } from '../__testUtils__/events';
import { waitUntil } from '../__testUtils__/waitUntil';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { DatabaseDeliveryQueue } from '../database/forwarding/DatabaseDeliveryQueue';
import { DueReader } from './DueReader';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();
const LIMIT = 100;

/** Queues events that have been due for some time; gives their ids back. */
async function queueEvents(
  knex: Knex,
  count: number,
  { dueForMs = 0, ...event }: { dueForMs?: number; occurredAt?: string } = {},
) {
  const queue = DatabaseDeliveryQueue.create({ knex });
  const events = Array.from({ length: count }, () => auditEvent(event));
  await DatabaseAuditEventsStore.create({
    knex,
    listener: {
      appending: (tx, fresh) =>
        queue.add(
          tx,
          fresh.map(({ id }) => ({
            destinationId: 'data',
            eventId: id,
            dueAt: new Date(Date.now() - dueForMs),
          })),
        ),
      appended: () => {},
    },
  }).append(events);
  return events.map(({ id }) => id).sort();
}

describe.each(databases.eachSupportedId())('what is due on %s', databaseId => {
  let knex: Knex;
  let queue: DatabaseDeliveryQueue;
  let reader: DueReader;

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    queue = DatabaseDeliveryQueue.create({ knex });
    reader = DueReader.create({
      destinationId: 'data',
      queue,
      events: DatabaseAuditEventsStore.create({ knex }),
    });
  });

  const add = (count: number, options?: Parameters<typeof queueEvents>[2]) =>
    queueEvents(knex, count, options);

  const next = async () => {
    const due = await reader.next(LIMIT, { untriedFirst: false });
    return due.map(({ event }) => event.id);
  };
  const deliver = async (ids: string[]) => {
    reader.taken();
    await knex('audit_deliveries')
      .whereIn('event_id', ids)
      .update({ state: 'delivered', at: new Date() });
    reader.settled();
  };

  it('comes in the order of events, all of it, whenever it was queued', async () => {
    const first = await add(250);
    const found: string[] = [];
    for (let ids = await next(); ids.length > 0; ids = await next()) {
      expect(ids.length).toBeLessThanOrEqual(LIMIT);
      found.push(...ids);
      await deliver(ids);
    }
    expect(found).toEqual(first);

    // Lately, and more of it than is asked for at a time.
    const second = await add(150);
    expect(await next()).toEqual(second.slice(0, LIMIT));
    await deliver(second.slice(0, LIMIT));
    expect(await next()).toEqual(second.slice(LIMIT));
  });

  it('is looked for behind what was delivered, and before that once a second', async () => {
    const lookAtAll = jest.spyOn(queue, 'listDue');
    const first = await add(20 * LIMIT);
    const startedAt = Date.now();
    for (let at = 0; at < 10; at++) {
      const ids = await next();
      expect(ids).toEqual(first.slice(at * LIMIT, (at + 1) * LIMIT));
      await deliver(ids);
    }
    const seconds = (Date.now() - startedAt) / 1000;
    const looks = lookAtAll.mock.calls.filter(
      ([, , { after } = {}]) => after === undefined,
    );
    expect(looks.length).toBeLessThanOrEqual(seconds + 1);

    const [earlier] = await add(1, { occurredAt: '2025-01-01T00:00:00.000Z' });
    await waitUntil('it is found', async () => (await next())[0] === earlier);
    expect(await next()).toEqual([
      earlier,
      ...first.slice(10 * LIMIT, 11 * LIMIT - 1),
    ]);
  });

  it('is told again while it has not been delivered', async () => {
    await deliver(await next());
    const ids = await add(3);
    expect(await next()).toEqual(ids);
    expect(await next()).toEqual(ids);
    await deliver(ids);
    expect(await next()).toEqual([]);
  });

  it('is found if it was committed long after it became due', async () => {
    expect(await next()).toEqual([]);
    const [id] = await add(1, { dueForMs: 60_000 });
    await waitUntil('it is found', async () => (await next()).includes(id));
  });

  it('is found at once if it is told that it was committed late', async () => {
    jest.spyOn(queue, 'isDueBefore').mockResolvedValue(false);
    expect(await next()).toEqual([]);
    const [id] = await add(1, { dueForMs: 60_000 });
    expect(await next()).toEqual([]);
    reader.expectOverlooked();
    expect(await next()).toEqual([id]);
    await deliver([id]);

    // Also while more waits than goes into a call.
    const ids = await add(3 * LIMIT);
    await deliver(await next());
    const [late] = await add(1, {
      dueForMs: 60_000,
      occurredAt: '2025-01-01T00:00:00.000Z',
    });
    expect(await next()).toEqual(ids.slice(LIMIT, 2 * LIMIT));
    reader.expectOverlooked();
    expect((await next())[0]).toBe(late);
  });

  it('is asked for as a whole after the database was away', async () => {
    await deliver(await next());
    const [id] = await add(1, { dueForMs: 60_000 });
    reader.expectOverlooked();
    jest.spyOn(queue, 'listDue').mockRejectedValueOnce(new Error('away'));
    await expect(next()).rejects.toThrow('away');
    expect(await next()).toEqual([id]);
  });

  it('is found after somebody has set the clock back', async () => {
    const hourAhead = Date.now() + 3_600_000;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(hourAhead);
    await deliver(await next());
    clock.mockRestore();
    const [id] = await add(1);
    await waitUntil('it is found', async () => (await next()).includes(id));
  });

  it('is found without a look at all that was delivered before', async () => {
    await deliver(await next());
    const lookAtAll = jest.spyOn(queue, 'listDue');
    const startedAt = Date.now();
    for (let round = 0; round < 40; round++) {
      const ids = await add(1);
      expect(await next()).toEqual(ids);
      await deliver(ids);
    }
    const seconds = (Date.now() - startedAt) / 1000;
    expect(lookAtAll.mock.calls.length).toBeLessThanOrEqual(seconds + 1);
  });

  describe('is told behind what was taken before that is acknowledged', () => {
    let ids: string[];

    beforeEach(async () => {
      ids = await add(3 * LIMIT);
      const due = await reader.next(LIMIT, { untriedFirst: false });
      reader.readAhead(LIMIT, due);
    });

    const following = async () => {
      const due = await reader.following(LIMIT);
      return due?.map(({ event }) => event.id);
    };

    it('batch by batch, as long as they are full', async () => {
      reader.taken();
      const due = await reader.following(LIMIT);
      expect(due?.map(({ event }) => event.id)).toEqual(
        ids.slice(LIMIT, 2 * LIMIT),
      );
      reader.readAhead(LIMIT, due!);
      reader.taken();
      expect(await following()).toEqual(ids.slice(2 * LIMIT));
      reader.taken();
      expect(await following()).toBeUndefined();
    });

    it('but not before it was taken', async () => {
      expect(await following()).toBeUndefined();
    });

    it('but not if something was overlooked', async () => {
      reader.taken();
      reader.expectOverlooked();
      expect(await following()).toBeUndefined();
    });

    it('but not if something of it has failed alone', async () => {
      await knex('audit_deliveries')
        .where('event_id', ids[LIMIT + 1])
        .update({ attempts: 1 });
      const due = await reader.next(LIMIT, { untriedFirst: false });
      reader.readAhead(LIMIT, due);
      reader.taken();
      expect(await following()).toBeUndefined();
    });

    it('but not if it was read a while ago', async () => {
      reader.taken();
      const now = performance.now();
      jest.spyOn(performance, 'now').mockReturnValue(now + 1_001);
      try {
        expect(await following()).toBeUndefined();
      } finally {
        jest.restoreAllMocks();
      }
    });

    it('and what that was is not taken for acknowledged', async () => {
      reader.taken();
      expect(await following()).toHaveLength(LIMIT);
      // The one before is.
      reader.settled();
      expect(reader.isSettled).toBe(false);
      expect(await next()).toEqual(ids.slice(0, LIMIT));
    });
  });
});
