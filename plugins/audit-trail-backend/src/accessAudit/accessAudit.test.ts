import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import request from 'supertest';
import {
  ENGINEER,
  OWNER,
  startTrailBackend,
  STRANGER,
} from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent } from '../__testUtils__/events';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { MAX_VIEWS, VIEW_MS } from './AccessRecorder';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();

const EVENTS = Array.from({ length: 30 }, () =>
  auditEvent({ resource: { key: 'segment:source:s1' } }),
);

describe.each(databases.eachSupportedId())(
  'the record of access on %s',
  databaseId => {
    let knex: Knex;
    let backend: TestBackend;

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      await DatabaseAuditEventsStore.create({ knex }).append(EVENTS);
      backend = await startTrailBackend({ knex });
    });
    afterEach(async () => {
      await backend.stop();
    });

    const getAs = (user: string, path: string, from = backend) =>
      request(from.server)
        .get(`/api/audit-trail/v1${path}`)
        .set('Authorization', mockCredentials.user.header(user));

    /** What the trail says of itself, oldest first, as it stands in the store. */
    const recorded = async (): Promise<AuditEvent[]> =>
      DatabaseAuditEventsStore.create({ knex }).list({
        criteria: { filter: { sources: ['plugin:audit-trail'] } },
        order: 'asc',
        limit: 1_000,
      });
    const summary = async () =>
      (await recorded()).map(({ type, outcome, actor, details }) => ({
        type,
        outcome,
        actor: actor.id,
        details,
      }));
    const view = (actor: string, details: object) => ({
      type: 'audit-trail.viewed',
      outcome: 'succeeded',
      actor,
      details,
    });

    it('has one event for a view, however many pages and choices are read', async () => {
      const filter = 'type=warehouse.disabled&not.actor=x&q=ord';
      let cursor = '';
      do {
        const { body } = await getAs(
          OWNER,
          `/events?${filter}&limit=10&cursor=${cursor}`,
        ).expect(200);
        cursor = body.pageInfo.nextCursor;
      } while (cursor);
      await getAs(OWNER, `/events?order=asc&${filter}`).expect(200);
      await getAs(OWNER, `/events/facets?${filter}`).expect(200);
      await getAs(
        OWNER,
        `/events/histogram?${filter}&timeZone=Europe/Berlin&buckets=30`,
      ).expect(200);
      await getAs(OWNER, '/activities').expect(200);
      await getAs(OWNER, '/access').expect(200);
      await getAs(
        ENGINEER,
        '/events?entityRef=resource:default/web-shop',
      ).expect(200);
      expect(await summary()).toEqual([
        view(OWNER, {
          filter: {
            types: ['warehouse.disabled'],
            text: 'ord',
            not: { actors: ['x'] },
          },
        }),
        view(ENGINEER, {
          filter: {},
          entityRef: 'resource:default/web-shop',
        }),
      ]);
    });

    it('takes what is typed to find a choice, and the ways out of an empty view, for the same view', async () => {
      const filter = 'category=none&q=ord';
      await getAs(OWNER, `/events?${filter}`).expect(200);
      for (const find of ['j', 'jo', 'jo m']) {
        await getAs(
          OWNER,
          `/events/facets/actors?${filter}&find=${find}`,
        ).expect(200);
      }
      const { body } = await getAs(OWNER, `/events/ways-out?${filter}`);
      expect(body.anything).toBe(true);
      expect(await recorded()).toHaveLength(1);
      // By themselves they are a view as well.
      await getAs(ENGINEER, '/events/facets/actors?find=j').expect(200);
      await getAs(ENGINEER, '/events/ways-out?category=none').expect(200);
      expect(await summary()).toEqual([
        view(OWNER, { filter: { categories: ['none'], text: 'ord' } }),
        view(ENGINEER, { filter: {} }),
        view(ENGINEER, { filter: { categories: ['none'] } }),
      ]);
    });

    it('takes what belongs to a view for a part of it', async () => {
      const { body } = await getAs(OWNER, '/events?source=segment');
      const { items, pageInfo } = body;
      for (let poll = 0; poll < 3; poll++) {
        await getAs(
          OWNER,
          `/events/newer?source=segment&cursor=${pageInfo.newerCursor}`,
        ).expect(200);
      }
      await getAs(OWNER, `/events/${items[0].id}/related`).expect(200);
      expect(await summary()).toEqual([
        view(OWNER, { filter: { sources: ['segment'] } }),
      ]);
    });

    it('is readable by Owners alone, and its reading is one more view', async () => {
      await getAs(STRANGER, '/events').expect(200);
      const { body } = await getAs(OWNER, '/events?category=audit-trail');
      expect(body.items[body.items.length - 1]).toMatchObject({
        type: 'audit-trail.viewed',
        label: 'Audit Trail Viewed',
        category: 'audit-trail',
        harmful: false,
        severity: 'low',
        source: 'plugin:audit-trail',
        actor: { type: 'user', id: STRANGER, entityRef: STRANGER },
        resource: { key: 'backstage:audit-trail:events', name: 'Audit Trail' },
      });
      for (const user of [STRANGER, ENGINEER]) {
        const own = await getAs(user, '/events?category=audit-trail');
        expect(own.body).toMatchObject({ items: [], totalItems: 0 });
      }
      expect(await recorded()).toHaveLength(4);
    });

    it('takes a time range that moves on for the same view, until it is old', async () => {
      const now = Date.UTC(2026, 5, 1, 12, 30);
      const since = (ms: number) =>
        `/events?from=${new Date(now - ms).toISOString()}`;
      await getAs(OWNER, since(0)).expect(200);
      await getAs(OWNER, since(60_000)).expect(200);
      expect(await recorded()).toHaveLength(1);
      await getAs(OWNER, since(2 * 3_600_000)).expect(200);
      expect(await recorded()).toHaveLength(2);

      await knex('audit_views').update({
        viewed_at: new Date(Date.now() - VIEW_MS - 1_000),
      });
      await getAs(OWNER, since(0)).expect(200);
      await getAs(OWNER, since(0)).expect(200);
      expect(await recorded()).toHaveLength(3);
    });

    it('has one event for one look, whichever replicas answer', async () => {
      const replica = await startTrailBackend({ knex });
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          getAs(OWNER, '/events', n % 2 ? replica : backend),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
      expect(await recorded()).toHaveLength(1);
      await replica.stop();
    });

    it('has an event for each event that is opened, and for none that is not seen', async () => {
      const [event] = EVENTS;
      await getAs(OWNER, `/events/${event.id}`).expect(200);
      await getAs(OWNER, `/events/${event.id}`).expect(200);
      await getAs(STRANGER, `/events/${event.id}`).expect(404);
      expect(await summary()).toEqual([
        {
          type: 'audit-trail.event-viewed',
          outcome: 'succeeded',
          actor: OWNER,
          details: { eventId: event.id, eventType: event.type },
        },
      ]);
    });

    it('has an export before its first row, and how it ended', async () => {
      const filter = 'type=warehouse.disabled';
      await getAs(ENGINEER, `/events/export?${filter}`).expect(200);
      const [begin, end] = await recorded();
      const common = {
        type: 'audit-trail.exported',
        actor: { id: ENGINEER },
        severity: 'medium',
        correlationId: begin.correlationId,
      };
      expect([begin, end]).toMatchObject([
        {
          ...common,
          outcome: 'initiated',
          details: { filter: { types: ['warehouse.disabled'] } },
        },
        { ...common, outcome: 'succeeded', details: { rows: 30 } },
      ]);
    });

    it('has an export that is refused', async () => {
      const refusing = await startTrailBackend({
        knex,
        permissions: { 'audit-trail.export.create': AuthorizeResult.DENY },
      });
      await getAs(OWNER, '/events/export', refusing).expect(403);
      expect(await summary()).toMatchObject([
        { outcome: 'initiated' },
        {
          outcome: 'failed',
          details: { rows: 0, reason: 'NotAllowedError' },
        },
      ]);
      await refusing.stop();
    });

    it('records a flood of different views as one event that says so', async () => {
      for (let n = 0; n < MAX_VIEWS + 5; n++) {
        await getAs(STRANGER, `/events?actor=a${n}`).expect(200);
      }
      await getAs(STRANGER, '/events?actor=a0').expect(200);
      const views = await summary();
      expect(views).toHaveLength(MAX_VIEWS + 1);
      expect(views[MAX_VIEWS].details).toEqual({
        note: expect.stringMatching(/^More than 100 different views within 15/),
      });
    });

    it('shows nothing that it cannot record', async () => {
      await knex.schema.dropTable('audit_views');
      const list = await getAs(OWNER, '/events');
      expect([list.status, list.body.items]).toEqual([500, undefined]);
      const one = await getAs(OWNER, `/events/${EVENTS[0].id}`);
      expect([one.status, one.body.id]).toEqual([500, undefined]);
    });
  },
);
