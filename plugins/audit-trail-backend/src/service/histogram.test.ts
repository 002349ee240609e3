import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type {
  AuditEvent,
  AuditEventHistogram,
} from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import request from 'supertest';
import { ENGINEER, OWNER, startTrailBackend } from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent } from '../__testUtils__/events';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();
const HOUR_MS = 3_600_000;
const START = Date.parse('2026-03-28T00:00:00Z');

/** Three an hour, over the day on which Berlin's clocks go forward. */
const EVENTS: AuditEvent[] = Array.from({ length: 3 * 24 * 3 }, (_, n) =>
  auditEvent({
    occurredAt: new Date(START + n * (HOUR_MS / 3)).toISOString(),
    type: n % 3 ? 'Source Modified' : 'Warehouse Disabled',
    actor: { type: 'user', id: `u${n % 2}` },
    resource: {
      key: n % 3 ? 'segment:source:s1' : 'segment:warehouse:w1',
    },
  }),
);

describe.each(databases.eachSupportedId())(
  'GET /v1/events/histogram on %s',
  databaseId => {
    let backend: TestBackend;
    let knex: Knex;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      await DatabaseAuditEventsStore.create({ knex }).append(EVENTS);
      backend = await startTrailBackend({ knex });
    });

    const getAs = (user: string, path: string) =>
      request(backend.server)
        .get(`/api/audit-trail/v1/events${path}`)
        .set('Authorization', mockCredentials.user.header(user));
    const histogram = async (
      user: string,
      query: string,
    ): Promise<AuditEventHistogram> => {
      const { body } = await getAs(user, `/histogram?${query}`).expect(200);
      return body;
    };

    it('counts by day of a zone and by category, with what is harmful', async () => {
      const { buckets, ...rest } = await histogram(
        OWNER,
        'from=2026-03-27T23:00:00Z&to=2026-03-30T21:59:59.999Z&timeZone=Europe/Berlin&buckets=4',
      );
      expect(rest).toEqual({
        bucketSize: { unit: 'day', count: 1 },
        timeZone: 'Europe/Berlin',
        total: EVENTS.length - 6,
        complete: true,
      });
      expect(buckets.map(({ from, to, total }) => [from, to, total])).toEqual([
        ['2026-03-27T23:00:00.000Z', '2026-03-28T22:59:59.999Z', 69],
        ['2026-03-28T23:00:00.000Z', '2026-03-29T21:59:59.999Z', 69],
        ['2026-03-29T22:00:00.000Z', '2026-03-30T21:59:59.999Z', 72],
      ]);
      expect(buckets[1]).toMatchObject({
        harmful: 23,
        byCategory: [
          { category: 'source', count: 46 },
          { category: 'warehouses', count: 23 },
        ],
      });
    });

    it.each([
      '',
      'category=source&',
      'actor=u1&',
      'not.actor=u1&harmful=true&',
      'entityRef=resource:default/web-shop&',
      'q=source&',
    ])('has in each bucket what a page of its time has: %s', async filter => {
      for (const user of [OWNER, ENGINEER]) {
        const range = 'from=2026-03-28T05:40:07Z&to=2026-03-28T21:01:13Z';
        const { buckets, total } = await histogram(
          user,
          `${filter}${range}&timeZone=Asia/Kolkata&buckets=7`,
        );
        expect(buckets[0].from).toBe('2026-03-28T05:40:07.000Z');
        expect(buckets[buckets.length - 1].to).toBe('2026-03-28T21:01:13.000Z');
        const page = await getAs(user, `?${filter}${range}`);
        expect(total).toBe(page.body.totalItems);
        for (const bucket of buckets) {
          const { body } = await getAs(
            user,
            `?${filter}from=${bucket.from}&to=${bucket.to}`,
          );
          expect({ bucket, total: body.totalItems }).toEqual({
            bucket,
            total: bucket.total,
          });
        }
      }
    });

    it.each([
      [
        'timeZone=Middle-Earth/Shire',
        /^timeZone: "Middle-Earth\/Shire" is not/,
      ],
      [`timeZone=${'x'.repeat(5_000)}`, /^timeZone: "x{64}" is not/],
      ['buckets=0', /^buckets: "0" is not a whole number from 1 to 200/],
      ['buckets=201', /^buckets: /],
      ['buckets=many', /^buckets: /],
      ['zone=UTC', /^zone: there is no such parameter/],
      ['from=2026-02-01&to=2026-01-01', /^from: must not be later/],
    ])('refuses %s', async (query, message) => {
      const { body, status } = await getAs(OWNER, `/histogram?${query}`);
      expect({ status, message: body.error.message }).toEqual({
        status: 400,
        message: expect.stringMatching(message),
      });
    });

    it('answers any range of time with about as many buckets as wanted', async () => {
      for (const [from, to] of [
        ['1970-01-01', '9999-12-31'],
        ['2026-03-28', '2026-03-28'],
        ['2026-03-28T10:00:00.123Z', '2026-03-28T10:00:00.123Z'],
      ]) {
        const { buckets } = await histogram(OWNER, `from=${from}&to=${to}`);
        expect(buckets.length).toBeGreaterThan(0);
        expect(buckets.length).toBeLessThanOrEqual(101);
      }
    });
  },
);
