import type { Knex } from 'knex';
import { TestTrailDatabases } from '../../__testUtils__/databases';
import { addDestination, queueFor } from '../../__testUtils__/destinations';
import { auditEvent } from '../../__testUtils__/events';
import { DatabaseAuditEventsStore } from '../DatabaseAuditEventsStore';
import { DatabaseDeliveriesStore } from './DatabaseDeliveriesStore';
import { DatabaseDeliveryQueue } from './DatabaseDeliveryQueue';
import { DatabaseDestinationsStore } from './DatabaseDestinationsStore';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();

describe.each(databases.eachSupportedId())('the queue on %s', databaseId => {
  let knex: Knex;
  let queue: DatabaseDeliveryQueue;
  let destinations: DatabaseDestinationsStore;

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    queue = DatabaseDeliveryQueue.create({ knex });
    destinations = DatabaseDestinationsStore.create({ knex });
    await addDestination(knex, 'data');
  });

  /** So many events, of which each `nth` is of the workspace `rare`. */
  async function append(count: number, nth: number) {
    const events = Array.from({ length: count }, (_, at) =>
      auditEvent({
        occurredAt: new Date(Date.UTC(2026, 5, 1) + at * 1_000).toISOString(),
        workspace: at % nth === nth - 1 ? 'rare' : 'other',
      }),
    );
    await DatabaseAuditEventsStore.create({ knex }).append(events);
    return events;
  }
  const queued = () =>
    knex('audit_deliveries').orderBy('event_id').pluck('event_id');
  const backfillOf = async () => (await destinations.get('data'))?.backfill;
  const step = async (options: { limit: number; look: number }) =>
    queue.backfill('data', {
      after: (await backfillOf())!.after,
      criteria: { filter: { workspaces: ['rare'] } },
      ...options,
    });

  it.each([
    ['few at a time', { limit: 2, look: 50 }],
    ['looking at few at a time', { limit: 50, look: 4 }],
    ['at the bounds of both', { limit: 1, look: 10 }],
    ['in one step', { limit: 50, look: 50 }],
  ])('is filled with all earlier events, %s', async (_, options) => {
    const events = await append(30, 10);
    await destinations.update('data', {
      backfillFrom: new Date(Date.UTC(2026, 5, 1)),
    });
    let steps = 1;
    while (await step(options)) {
      steps++;
      expect(steps).toBeLessThan(20);
    }
    expect(await queued()).toEqual([9, 19, 29].map(at => events[at].id).sort());
    expect(await backfillOf()).toBeUndefined();
  });

  it('is not filled by a step that was overtaken', async () => {
    await append(30, 10);
    await destinations.update('data', {
      backfillFrom: new Date(Date.UTC(2026, 5, 1)),
    });
    const { after } = (await backfillOf())!;
    await destinations.update('data', {
      backfillFrom: new Date(Date.UTC(2026, 5, 1, 0, 0, 15)),
    });
    const late = () =>
      queue.backfill('data', {
        after,
        criteria: { filter: {} },
        limit: 10,
        look: 10,
      });
    expect(await late()).toBe(false);
    await destinations.update('data', { enabled: false });
    expect(await late()).toBe(false);
    expect(await queued()).toEqual([]);
  });

  describe('of a destination that is off', () => {
    const add = (ids: string[]) => queueFor(knex, 'data', ids);
    const drop = () => queue.drop('data', { error: 'off', limit: 10 });

    it('is dropped, but not once it is on again', async () => {
      const ids = (await append(3, 2)).map(({ id }) => id);
      await add(ids);
      expect(await drop()).toBe(0);
      await destinations.update('data', { enabled: false });
      expect(await drop()).toBe(3);
      expect(await drop()).toBe(0);
      const states = await knex('audit_deliveries').pluck('state');
      expect(states).toEqual(['skipped', 'skipped', 'skipped']);
    });

    it('keeps its dead letters, which nobody sends again', async () => {
      const [{ id }] = await append(1, 2);
      await add([id]);
      await knex('audit_deliveries').update({ state: 'dead' });
      const redrive = () =>
        DatabaseDeliveriesStore.create({ knex }).redrive({
          destinationId: 'data',
          criteria: { filter: {} },
        });
      await destinations.update('data', { enabled: false });
      expect(await redrive()).toBeUndefined();
      expect(await drop()).toBe(0);
      expect(await knex('audit_deliveries').pluck('state')).toEqual(['dead']);
      await destinations.update('data', { enabled: true });
      expect(await redrive()).toBe(1);
    });
  });
});
