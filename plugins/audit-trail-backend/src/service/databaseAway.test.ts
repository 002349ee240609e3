import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { startTrailBackend, OWNER } from '../__testUtils__/backend';
import { DatabaseProxy } from '../__testUtils__/DatabaseProxy';
import { TestTrailDatabases } from '../__testUtils__/databases';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();
const POSTGRES = databases
  .eachSupportedId()
  .filter(([id]) => id !== 'SQLITE_3');
/**
 * A caller has an error within five seconds, on a machine that is not too busy.
 * Without the watch it is a minute.
 */
const MAX_MS = 15_000;

describe.each(POSTGRES)('a database that is away, %s', databaseId => {
  let proxy: DatabaseProxy;
  let backend: TestBackend;

  beforeEach(async () => {
    proxy = await DatabaseProxy.start(await databases.init(databaseId));
    backend = await startTrailBackend({ knex: proxy.knex });
  });

  afterEach(async () => {
    await proxy.restore();
    await backend.stop();
    await proxy.stop();
  });

  const event = (sourceEventId: string) => ({
    sourceEventId,
    type: 'test.happened',
    occurredAt: new Date().toISOString(),
    actor: { type: 'service', id: 'test' },
    resource: { key: 'test:one:1', name: 'One' },
  });
  const record = (sourceEventId = randomUUID()) =>
    request(backend.server)
      .post('/api/audit-trail/v1/events')
      .set('Authorization', mockCredentials.service.header())
      .send({ events: [event(sourceEventId)] });
  const read = (path: string) =>
    request(backend.server)
      .get(`/api/audit-trail/v1/${path}`)
      .set('Authorization', mockCredentials.user.header(OWNER));
  const timed = async (call: request.Test) => {
    const began = performance.now();
    const response = await call;
    return { response, ms: performance.now() - began };
  };

  it.each([
    ['refuses connections', () => proxy.cut()],
    ['does not answer', () => proxy.swallow()],
  ])('that %s: all are told so', async (_, takeAway) => {
    await expect(record()).resolves.toHaveProperty('status', 201);
    await expect(read('events')).resolves.toHaveProperty('status', 200);
    await takeAway();
    const id = randomUUID();
    const calls = await Promise.all(
      [
        record(id),
        read('events'),
        read('events/facets'),
        read('events/histogram'),
        read('activities'),
        read('destinations'),
        read('views'),
      ].map(timed),
    );
    expect(calls.map(({ response }) => response.status)).toEqual(
      calls.map(() => 503),
    );
    for (const { response, ms } of calls) {
      expect(response.body.error).toMatchObject({
        name: 'ServiceUnavailableError',
        message: 'The database is away; try again later',
      });
      expect(response.headers['retry-after']).toBe('5');
      expect(response.text).not.toMatch(/127\.0\.0\.1|ECONN|password/);
      expect(ms).toBeLessThan(MAX_MS);
    }
    await proxy.restore();
    const again = await record(id);
    expect(again.status).toBe(201);
    const { body } = await read('events?type=test.happened');
    expect(
      body.items.filter((one: { id: string }) => one.id === again.body.ids[0]),
    ).toHaveLength(1);
  });
});
