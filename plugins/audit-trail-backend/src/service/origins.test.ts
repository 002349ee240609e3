import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import request from 'supertest';
import { startTrailBackend } from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { eventInput } from '../__testUtils__/events';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();

describe.each(databases.eachSupportedId())(
  'who an event comes from, on %s',
  databaseId => {
    let backend: TestBackend;
    let knex: Knex;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      backend = await startTrailBackend({ knex });
    });

    const post = (subject: string, body: object) =>
      request(backend.server)
        .post('/api/audit-trail/v1/events')
        .set(
          'Authorization',
          mockCredentials.service.header({
            onBehalfOf: mockCredentials.service(subject),
            targetPluginId: 'audit-trail',
          }),
        )
        .send(body);

    it('keeps the events of each apart, and none another’s out', async () => {
      const same = eventInput({ sourceEventId: 'deploy-1' });
      const record = async (subject: string, note: string) => {
        const { body } = await post(subject, {
          events: [{ ...same, details: { note } }],
        }).expect(201);
        return body;
      };
      const subjects = [
        'external:ci',
        'external:ci2',
        'plugin:ci',
        'plugin:deploys',
      ];
      const ids: string[] = [];
      for (const subject of subjects) {
        const answer = await record(subject, `by ${subject}`);
        expect(answer).toMatchObject({ accepted: 1, duplicates: 0 });
        ids.push(...answer.ids);
      }
      expect(new Set(ids).size).toBe(subjects.length);

      // Nobody changes what is recorded: not another, and not whoever did it.
      const first = () => knex('audit_events').where('id', ids[0]).first();
      const before = await first();
      expect(await record('external:ci', 'changed')).toMatchObject({
        accepted: 0,
        duplicates: 1,
        ids: [ids[0]],
      });
      expect(await first()).toEqual(before);
      const rows = await knex('audit_events')
        .whereIn('id', ids)
        .select('id', 'source', 'details');
      const told = new Map(
        rows.map(({ id, source, details }) => [
          id,
          [
            source,
            (typeof details === 'string' ? JSON.parse(details) : details).note,
          ],
        ]),
      );
      expect(ids.map(id => told.get(id))).toEqual(
        subjects.map(subject => [subject, `by ${subject}`]),
      );
    });

    it.each([
      'external:plugin:deploys',
      'external:deploys:plugin:audit-trail',
      'my-plugin:deploys',
      'Plugin:deploys',
      'plugin',
    ])('does not take %s for a plugin', async subject => {
      for (const intake of ['recorder', 'auditor', 'audit-trail']) {
        const { status, body } = await post(subject, {
          intake,
          events: [eventInput()],
        });
        expect([status, body.error.message]).toEqual([
          400,
          'intake: must be one of http',
        ]);
      }
      const { body } = await post(subject, { events: [eventInput()] });
      const row = await knex('audit_events').where('id', body.ids[0]).first();
      expect(row.source).toBe(subject);
    });

    it('takes no other source than whoever calls', async () => {
      for (const field of ['source', 'intake', 'intakes', 'id', 'recordedAt']) {
        const { status, body } = await post('plugin:deploys', {
          events: [{ ...eventInput(), [field]: 'segment' }],
        });
        expect([status, body.error.message]).toEqual([
          400,
          expect.stringMatching(`^events\\[0\\]: .*"${field}"`),
        ]);
      }
    });
  },
);
