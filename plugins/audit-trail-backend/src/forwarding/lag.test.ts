import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { waitUntil } from '../__testUtils__/waitUntil';
import { DatabaseDeliveriesStore } from '../database/forwarding/DatabaseDeliveriesStore';
import { observeBacklog } from './ForwardingMetrics';
import { some, TestForwarding } from './__testUtils__/TestForwarding';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();

describe.each(databases.eachSupportedId())('the lag on %s', databaseId => {
  let forwarding: TestForwarding;

  beforeEach(async () => {
    forwarding = await TestForwarding.create(databases, databaseId);
  });
  afterEach(() => forwarding.stopAll());

  const minutesAgo = (minutes: number) =>
    new Date(Date.now() - minutes * 60_000);

  /** Makes all that waits older than it is. */
  const age = (columns: { queued_at: Date; at?: Date }) =>
    forwarding
      .knex('audit_deliveries')
      .where('state', 'pending')
      .update(columns);

  /** What the gauge says. */
  async function measuredLag(): Promise<number> {
    let lag = NaN;
    const collecting: Promise<void>[] = [];
    observeBacklog({
      deliveries: DatabaseDeliveriesStore.create({ knex: forwarding.knex }),
      destinationIds: ['data'],
      metrics: {
        createObservableGauge: (name: string) => ({
          addCallback: (
            collect: (result: {
              observe(value: number): void;
            }) => Promise<void>,
          ) => {
            collecting.push(
              collect({
                observe: value => {
                  lag = name.endsWith('.lag') ? value : lag;
                },
              }),
            );
          },
        }),
      } as unknown as MetricsService,
    });
    await Promise.all(collecting);
    return lag;
  }

  it('does not count what is kept back on purpose', async () => {
    const backend = await forwarding.start({ holdFailuresMinutes: 10 });
    await forwarding.record(backend, [{ type: 'Warehouse Run Failed' }]);
    await age({ queued_at: minutesAgo(5) });
    expect(await forwarding.status(backend)).toMatchObject({
      state: 'working',
      pending: 1,
      lagSeconds: 0,
    });
    expect(await measuredLag()).toBe(0);
  });

  it('does not count what waits for its own next try', async () => {
    const backend = await forwarding.start();
    await forwarding.change(backend, { paused: true });
    await forwarding.record(backend, [{}]);
    await forwarding
      .knex('audit_deliveries')
      .where('state', 'pending')
      .update({
        queued_at: minutesAgo(5),
        at: minutesAgo(-5),
        attempts: 3,
        failing_since: minutesAgo(5),
      });
    // Not by the API, which would have it tried at once.
    await forwarding.knex('audit_destinations').update({ paused: false });
    expect(await forwarding.status(backend)).toMatchObject({
      state: 'working',
      pending: 1,
      lagSeconds: 0,
    });
    expect(await measuredLag()).toBe(0);
  });

  it('is as old as what has been due longest', async () => {
    const backend = await forwarding.start();
    await forwarding.change(backend, { paused: true });
    await forwarding.record(backend, some(3));
    await age({ queued_at: minutesAgo(60), at: minutesAgo(5) });
    const { pending, lagSeconds } = await forwarding.status(backend);
    expect(pending).toBe(3);
    expect(lagSeconds).toBeGreaterThanOrEqual(300);
    expect(lagSeconds).toBeLessThan(360);
    expect(await measuredLag()).toBeGreaterThanOrEqual(300);
  });

  it('of more than a minute is called falling behind', async () => {
    const backend = await forwarding.start();
    let release = () => {};
    forwarding.receiver.answer = () =>
      new Promise<void>(resolve => {
        release = resolve;
      });
    await forwarding.record(backend, some(3));
    await age({ queued_at: minutesAgo(2), at: minutesAgo(2) });
    expect(await forwarding.status(backend)).toMatchObject({
      state: 'falling-behind',
      pending: 3,
    });
    forwarding.receiver.answer = undefined;
    await waitUntil('it is called', async () => {
      release();
      return forwarding.receiver.ids.length >= 3;
    });
  });
});
