import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import request from 'supertest';
import {
  ENGINEER,
  OWNER,
  startTrailBackend,
} from '../../__testUtils__/backend';
import { TestTrailDatabases } from '../../__testUtils__/databases';
import { auditEvent } from '../../__testUtils__/events';
import {
  RecordingDestination,
  recordingModule,
} from '../../__testUtils__/recordingForwarder';
import { DatabaseAuditEventsStore } from '../../database/DatabaseAuditEventsStore';
import {
  auditTrailConditions,
  createAuditTrailConditionalDecision,
} from '../../permissions/conditionExports';
import { auditTrailEventReadPermission } from 'backstage-plugin-audit-trail-common';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();

const BEFORE = auditEvent();
const DISABLED = Array.from({ length: 4 }, () => auditEvent());
const MODIFIED = Array.from({ length: 3 }, () =>
  auditEvent({ type: 'Warehouse Modified', workspace: 'ws2' }),
);
const [{ occurredAt: SINCE }] = DISABLED;

describe.each(databases.eachSupportedId())(
  'what a filter would have sent, on %s',
  databaseId => {
    let knex: Knex;
    let backend: TestBackend;
    let policy: () => PolicyDecision;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      await DatabaseAuditEventsStore.create({ knex }).append([
        BEFORE,
        ...DISABLED,
        ...MODIFIED,
      ]);
      backend = await startTrailBackend({
        knex,
        policy: () => policy(),
        features: [recordingModule({ siem: new RecordingDestination() })],
        config: {
          app: { baseUrl: 'https://portal.example.com' },
          auditTrail: {
            owners: ['group:default/owners'],
            intake: { segment: { secret: 'test-secret' } },
            forwarding: { destinations: { siem: { type: 'recording' } } },
          },
        },
      });
    });
    beforeEach(() => {
      policy = () => ({ result: AuthorizeResult.ALLOW });
    });
    afterAll(async () => {
      await backend.stop();
    });

    const preview = async (body: object, user = OWNER, id = 'siem') => {
      const answer = await request(backend.server)
        .post(`/api/audit-trail/v1/destinations/${id}/preview`)
        .set('Authorization', mockCredentials.user.header(user))
        .send(body);
      return [answer.status, answer.body.error?.message ?? answer.body];
    };
    const count = (totalItems: number) => [
      200,
      { totalItems, totalItemsCapped: false },
    ];

    it('is counted since a moment, and is one view, whatever filters are tried', async () => {
      const seeded = { sources: ['segment'] };
      const tried = [
        [seeded, 7],
        [{ ...seeded, types: ['warehouse.disabled'] }, 4],
        [{ ...seeded, not: { workspaces: ['ws2'] } }, 4],
        [{ ...seeded, text: 'modified' }, 3],
        [{ ...seeded, from: MODIFIED[1].occurredAt }, 2],
        [{ ...seeded, to: BEFORE.occurredAt }, 0],
      ] as const;
      for (const [filter, found] of tried) {
        expect(await preview({ filter, since: SINCE })).toEqual(count(found));
      }
      await preview({ filter: {}, since: '2026-02-01' });
      const recorded = await DatabaseAuditEventsStore.create({ knex }).list({
        criteria: { filter: { sources: ['plugin:audit-trail'] } },
        order: 'asc',
        limit: 10,
      });
      expect(recorded.map(({ type, details }) => [type, details])).toEqual(
        [SINCE, '2026-02-01T00:00:00.000Z'].map(from => [
          'audit-trail.viewed',
          { filter: { from }, destination: 'siem', shown: 'counts' },
        ]),
      );
    });

    it('tells nothing of what a policy hides from an Owner', async () => {
      policy = () =>
        createAuditTrailConditionalDecision(
          auditTrailEventReadPermission,
          auditTrailConditions.hasWorkspace({ workspaces: ['ws2'] }),
        );
      const body = { filter: { sources: ['segment'] }, since: SINCE };
      expect(await preview(body)).toEqual(count(3));
      policy = () => ({ result: AuthorizeResult.DENY });
      expect(await preview(body)).toEqual(count(0));
    });

    it('is for Owners, of destinations that there are', async () => {
      const body = { filter: {}, since: SINCE };
      expect(await preview(body, ENGINEER)).toEqual([
        403,
        'This is for Owners of the Audit Trail',
      ]);
      expect(await preview(body, OWNER, 'other')).toEqual([
        404,
        'There is no destination "other" in app-config',
      ]);
      expect(await preview({ filter: {} })).toEqual([
        400,
        expect.stringMatching(/^since: /),
      ]);
      expect(await preview({ filter: {}, since: 'soon' })).toEqual([
        400,
        'since: must be a time, such as 2026-11-22T13:03:11Z',
      ]);
      expect(
        await preview({ filter: { outcomes: ['lost'] }, since: SINCE }),
      ).toEqual([
        400,
        expect.stringMatching(/^filter: outcome: "lost" is none/),
      ]);
    });
  },
);
