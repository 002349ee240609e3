import { mockCredentials } from '@backstage/backend-test-utils';
import request from 'supertest';
import { OWNER, startTrailBackend, STRANGER } from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { eventInput } from '../__testUtils__/events';
import { sign } from '../__testUtils__/segment';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();
const BASE = '/api/audit-trail/v1';

describe('rate limits', () => {
  const start = async (rateLimits: object) => {
    const [[databaseId]] = databases.eachSupportedId();
    return startTrailBackend({
      knex: await databases.init(databaseId),
      config: {
        auditTrail: {
          owners: ['group:default/owners'],
          intake: { segment: { secret: 'test-secret' } },
          rateLimits,
        },
      },
    });
  };

  it('turn away who asks too often, say when to try again, and leave others alone', async () => {
    const backend = await start({ reads: 3, exports: 1, batches: 2 });
    const getAs = (user: string, path: string) =>
      request(backend.server)
        .get(`${BASE}${path}`)
        .set('Authorization', mockCredentials.user.header(user));
    const record = () =>
      request(backend.server)
        .post(`${BASE}/events`)
        .set(
          'Authorization',
          mockCredentials.service.header({
            onBehalfOf: mockCredentials.service('external:deploys'),
            targetPluginId: 'audit-trail',
          }),
        )
        .send({ events: [eventInput()] });
    const statuses = async (times: number, ask: () => PromiseLike<any>) => {
      const found = [];
      for (let n = 0; n < times; n++) {
        found.push((await ask()).status);
      }
      return found;
    };

    expect(await statuses(4, () => getAs(OWNER, '/events'))).toEqual([
      ...[200, 200, 200],
      429,
    ]);
    const { body, headers } = await getAs(OWNER, '/access');
    expect(body.error).toMatchObject({
      name: 'TooManyRequestsError',
      message:
        'More than 3 reads within a minute; try again when Retry-After says',
    });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(await statuses(2, () => getAs(OWNER, '/events/export'))).toEqual([
      200, 429,
    ]);
    expect(await statuses(3, () => getAs(STRANGER, '/events'))).toEqual([
      ...[200, 200, 200],
    ]);
    expect(await statuses(3, record)).toEqual([201, 201, 429]);
  });

  it('leave requests without credentials and deliveries of Segment alone', async () => {
    const backend = await start({ reads: 1, exports: 1, batches: 1 });
    const nobody = () =>
      request(backend.server)
        .get(`${BASE}/events`)
        .set('Authorization', mockCredentials.none.header());
    expect([(await nobody()).status, (await nobody()).status]).toEqual([
      401, 401,
    ]);
    const text = JSON.stringify({ event: 'Other' });
    for (let n = 0; n < 3; n++) {
      const { status } = await request(backend.server)
        .post(`${BASE}/intake/segment`)
        // Of no use here, and so not looked at.
        .set('Authorization', 'Bearer something')
        .set('Content-Type', 'application/json')
        .set('X-Signature', sign(text))
        .send(text);
      expect(status).toBe(400);
    }
  });

  it.each([
    [{ reads: 0 }, /auditTrail.rateLimits.reads: 0 is not a whole number/],
    [{ exports: 1.5 }, /auditTrail.rateLimits.exports: 1.5 is not a whole/],
  ])('%j is refused', async (rateLimits, message) => {
    await expect(start(rateLimits)).rejects.toThrow(message);
  });
});
