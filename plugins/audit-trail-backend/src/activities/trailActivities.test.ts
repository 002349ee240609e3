import {
  mockCredentials,
  mockServices,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import request from 'supertest';
import { OWNER, startTrailBackend } from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { eventInput } from '../__testUtils__/events';
import { sign } from '../__testUtils__/segment';
import { DatabaseActivitiesStore } from '../database/DatabaseActivitiesStore';
import { ingestPage } from '../pulling/ingestPage';
import {
  createReplica,
  startSegment,
  stopSegments,
} from '../pulling/__testUtils__/pulling';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();
const BASE = '/api/audit-trail/v1';
const LOST = 'audit-trail.events-lost';

afterAll(stopSegments);

describe.each(databases.eachSupportedId())(
  'what the trail tells of itself, on %s',
  databaseId => {
    let backend: TestBackend;
    let knex: Knex;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      backend = await startTrailBackend({ knex });
    });

    const send = (
      method: 'post' | 'put',
      path: string,
      subject: string,
      body: object,
    ) =>
      request(backend.server)
        [method](`${BASE}${path}`)
        .set(
          'Authorization',
          mockCredentials.service.header({
            onBehalfOf: mockCredentials.service(subject),
            targetPluginId: 'audit-trail',
          }),
        )
        .send(body);
    const post = (subject: string, types: string[], intake?: string) =>
      send('post', '/events', subject, {
        intake,
        events: types.map(type => eventInput({ type })),
      });
    const find = async (query: string) => {
      const { body } = await request(backend.server)
        .get(`${BASE}/events?${query}`)
        .set('Authorization', mockCredentials.user.header(OWNER))
        .expect(200);
      return body.items;
    };
    const stored = () => knex('audit_events').orderBy('id').pluck('id');

    const PRUNED: [string, string] = [
      'audit-trail.pruned',
      'audit-trail.pruned',
    ];
    it.each<[string, string | undefined, string, string]>([
      ['external:ci', undefined, ...PRUNED],
      ['external:ci', 'http', 'Audit Trail Viewed', 'audit-trail.viewed'],
      ['external:ci', 'http', 'AUDIT_TRAILS PRUNED', 'audit-trail.pruned'],
      ['external:ci', 'http', 'audit-trail.emptied', 'audit-trail.emptied'],
      ['external:ci', 'http', LOST, LOST],
      ['plugin:deploys', 'http', ...PRUNED],
      ['plugin:deploys', 'recorder', ...PRUNED],
      ['plugin:deploys', 'recorder', 'Audit Events Lost', LOST],
      ['plugin:deploys', 'auditor', ...PRUNED],
      // Even if somebody was given this subject: the trail itself does not call.
      ['plugin:audit-trail', 'http', ...PRUNED],
      ['plugin:audit-trail', 'auditor', ...PRUNED],
    ])(
      'is not told by %s, intake %s, as %s',
      async (subject, intake, spelling, id) => {
        const before = await stored();
        const { status, body } = await post(
          subject,
          ['deployment.started', spelling],
          intake,
        );
        expect([status, body.error.message]).toEqual([
          400,
          `type: "${id}" is kept for what the Audit Trail tells of itself; begin the type with the name of your plugin or service`,
        ]);
        expect(await stored()).toEqual(before);
      },
    );

    it('is told by the auditor of any plugin, if events are lost', async () => {
      const { status, body } = await post('plugin:deploys', [LOST], 'auditor');
      expect(status).toBe(201);
      const [lost] = await find(`type=${LOST}`);
      expect(lost).toMatchObject({
        id: body.ids[0],
        category: 'audit-trail',
        source: 'plugin:deploys',
      });
    });

    it('is told by the trail', async () => {
      await find('q=nothing');
      const own = await find('category=audit-trail');
      expect(own).toContainEqual(
        expect.objectContaining({
          type: 'audit-trail.viewed',
          source: 'plugin:audit-trail',
          intakes: ['audit-trail'],
        }),
      );
    });

    it('is nothing that another activity can be described as', async () => {
      const put = async (activity: object) => {
        const { status, body } = await send('put', '/activities', 'plugin:a', {
          activities: [
            { id: 'a.pruned', label: 'A', category: 'a', ...activity },
          ],
        });
        return [status, body.error?.message];
      };
      const kept = 'is kept for what the Audit Trail tells of itself';
      expect(await put({ id: 'audit-trail.emptied' })).toEqual([
        400,
        expect.stringMatching(`^activities\\[0\\]\\.id: ${kept}`),
      ]);
      for (const category of [
        'audit-trail',
        { id: 'audit-trail', label: 'Audit Trail' },
      ]) {
        expect(await put({ category })).toEqual([
          400,
          expect.stringMatching(`^activities\\[0\\]\\.category: ${kept}`),
        ]);
      }
      expect(await put({})).toEqual([204, undefined]);

      // One that came to stand there all the same.
      await DatabaseActivitiesStore.create({ knex }).save([
        {
          id: 'b.pruned',
          source: 'plugin:b',
          label: 'B',
          category: 'audit-trail',
          verb: 'pruned',
          harmful: false,
        },
      ]);
      expect((await post('plugin:b', ['b.pruned'])).status).toBe(400);
    });

    it('is an activity of Segment’s own if Segment delivers it, and stays', async () => {
      const audit = (type: string) => ({
        type: 'track',
        event: 'Audit',
        userId: 'u1',
        messageId: `api-${Math.random()}`,
        timestamp: '2026-03-01T10:00:00.000Z',
        properties: {
          type,
          workspace_id: 'ws1',
          details: { resource_id: 's1', resource_type: 'source' },
        },
      });
      const array = [audit('Source Created'), audit('Audit Trail Exported')];
      const { body } = await request(backend.server)
        .post(`${BASE}/intake/segment`)
        .set('Authorization', mockCredentials.none.header())
        .set('X-Signature', sign(JSON.stringify(array[0])))
        .send(array)
        .expect(200);
      expect(body).toMatchObject({ accepted: 2, dropped: 0 });
      const events = await find('source=segment&not.category=audit-trail');
      expect(events).toHaveLength(2);
      expect(events).toContainEqual(
        expect.objectContaining({
          type: 'segment.audit-trail-exported',
          originalType: 'Audit Trail Exported',
          label: 'Audit Trail Exported',
          category: 'unmapped',
        }),
      );
    });

    it('is so where events are read from a source, too', async () => {
      const other = await databases.init(databaseId);
      const segment = await startSegment();
      const { ingest } = await createReplica({ knex: other, segment });
      const unreadable = await ingestPage(
        {
          events: [
            eventInput({ type: 'Audit Trail Pruned' }),
            eventInput({ type: 'Source Created' }),
          ],
        },
        {
          dropped: { add: () => {} },
          ingest,
          logger: mockServices.logger.mock(),
          name: 'Segment',
          origin: { source: 'segment', intake: 'segment-api' },
        },
      );
      expect(unreadable).toBe(0);
      const types = await other('audit_events').orderBy('id').pluck('type');
      expect(types).toEqual(['segment.audit-trail-pruned', 'source.created']);
    });
  },
);
