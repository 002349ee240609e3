import { mockCredentials } from '@backstage/backend-test-utils';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import { DeliveryRejectedError } from 'backstage-plugin-audit-trail-node';
import type { Knex } from 'knex';
import request from 'supertest';
import {
  ENGINEER,
  OWNER,
  SECRET,
  startTrailBackend,
} from '../../__testUtils__/backend';
import { eventInput } from '../../__testUtils__/events';
import {
  RecordingDestination,
  recordingModule,
} from '../../__testUtils__/recordingForwarder';
import { RECORDED_DELIVERIES, sign } from '../../__testUtils__/segment';
import { waitUntil } from '../../__testUtils__/waitUntil';

const BASE = '/api/audit-trail/v1';
/** What tests do with the trail is an event, too. */
const GIVEN = 'not.category=audit-trail';

/** What was seen of the trail while it was used. */
export interface Use {
  /** Ids of the events that were taken in, in order. */
  taken: string[];
  /** What a second try to store them all was answered. */
  again: { accepted: number; duplicates: number };
  /** Ids of the events that were listed, and exported, in order. */
  listed: string[];
  exported: string[];
  /** Ids of the events that the destination took, in order. */
  delivered: string[];
}

/**
 * Does with a trail what is done with one: takes events in by each way and
 * twice, lists, counts, exports, keeps views, and forwards, with an event that
 * is refused and sent again.
 */
export async function useTrail(knex: Knex): Promise<Use> {
  const receiver = new RecordingDestination();
  receiver.answer = (events: AuditEvent[]) => {
    if (events.some(({ workspace }) => workspace === 'poison')) {
      throw new DeliveryRejectedError('400: refused');
    }
  };
  const backend = await startTrailBackend({
    knex,
    features: [recordingModule({ data: receiver })],
    config: {
      app: { baseUrl: 'https://portal.example.com' },
      auditTrail: {
        owners: ['group:default/owners'],
        intake: { segment: { secret: SECRET } },
        forwarding: {
          destinations: {
            data: {
              type: 'recording',
              title: 'Data',
              filter: { 'not.category': 'audit-trail' },
            },
          },
        },
      },
    },
  });
  const call = (
    method: 'get' | 'post' | 'patch' | 'put' | 'delete',
    path: string,
    authorization = mockCredentials.user.header(OWNER),
  ) =>
    request(backend.server)
      [method](`${BASE}${path}`)
      .set('Authorization', authorization);
  const ask = async (path: string, user = OWNER) => {
    const { body } = await call(
      'get',
      path,
      mockCredentials.user.header(user),
    ).expect(200);
    return body;
  };
  const asService = (subject: string) =>
    mockCredentials.service.header({
      onBehalfOf: mockCredentials.service(subject),
      targetPluginId: 'audit-trail',
    });

  const batches = [
    ['external:deploys', 'http', eventInput({ workspace: 'poison' })],
    ['external:deploys', 'http', eventInput({ details: { password: 'x1' } })],
    ['plugin:deploys', 'recorder', eventInput({ type: 'deployment.ended' })],
    ['plugin:catalog', 'auditor', eventInput({ type: 'catalog.entity-x' })],
  ] as const;
  /** Tells all that there is to tell. */
  const takeIn = async () => {
    const answers = [];
    for (const [subject, intake, event] of batches) {
      const { body } = await call('post', '/events', asService(subject))
        .send({ intake, events: [event] })
        .expect(201);
      answers.push(body);
    }
    for (const delivery of Object.values(RECORDED_DELIVERIES)) {
      const text = JSON.stringify(delivery);
      const { body } = await call(
        'post',
        '/intake/segment',
        mockCredentials.none.header(),
      )
        .set('Content-Type', 'application/json')
        .set('X-Signature', sign(text))
        .send(text)
        .expect(200);
      answers.push(body);
    }
    return {
      ids: answers.flatMap(({ ids }) => ids as string[]),
      accepted: answers.reduce((sum, { accepted }) => sum + accepted, 0),
      duplicates: answers.reduce((sum, { duplicates }) => sum + duplicates, 0),
    };
  };

  await call('put', '/activities', asService('plugin:deploys'))
    .send({
      activities: [{ id: 'deployment.ended', label: 'E', category: 'deploys' }],
    })
    .expect(204);
  const { ids } = await takeIn();
  const taken = ids.sort();
  const again = await takeIn();

  await waitUntil('the others are delivered', async () => {
    const { items } = await ask('/destinations');
    return items[0].pending === 0 && items[0].deadLetters === 1;
  });
  receiver.answer = undefined;
  await call('post', '/deliveries/redrive')
    .send({ destination: 'data' })
    .expect(200);
  await waitUntil(
    'what was given up is delivered',
    async () => receiver.ids.length === taken.length,
  );
  const delivered = [...receiver.ids].sort();
  await call('post', '/destinations/data/test').expect(200);
  await call('patch', '/destinations/data')
    .send({ paused: true, backfillFrom: '2019-01-01T00:00:00Z' })
    .expect(200);
  await call('patch', '/destinations/data').send({ paused: false }).expect(200);

  const first = await ask(`/events?${GIVEN}&limit=2&order=asc`);
  const rest = await ask(
    `/events?${GIVEN}&limit=500&order=asc&cursor=${first.pageInfo.nextCursor}`,
  );
  const listed = [...first.items, ...rest.items].map(({ id }) => id as string);
  for (const path of [
    '/events?q=orders',
    '/events?actor=u1&actor=MNxxtIRCbe',
    '/events?entityRef=resource:default/orders',
    `/events/${taken[0]}`,
    `/events/${taken[0]}/related`,
    '/events/facets?harmful=true',
    '/events/facets/actors?find=jo',
    '/events/histogram?timeZone=UTC',
    '/activities',
    '/access',
    '/coverage',
    '/deliveries?destination=data',
  ]) {
    await ask(path);
  }
  await ask('/events', ENGINEER);

  const exportAs = async (format: string) =>
    call('get', `/events/export?format=${format}&${GIVEN}&order=asc`)
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.on('data', part => {
          text += part;
        });
        response.on('end', () => done(null, text));
      })
      .expect(200);
  await exportAs('csv');
  await exportAs('json');
  const { body: lines } = await exportAs('ndjson');
  const exported = (lines as string)
    .trim()
    .split('\n')
    .map(line => JSON.parse(line).id as string);

  const { body: view } = await call('post', '/views')
    .send({ name: 'Mine', query: 'harmful=true' })
    .expect(201);
  const { body: changed } = await call('patch', `/views/${view.id}`)
    .send({ version: view.version, name: 'Harm' })
    .expect(200);
  await call('delete', `/views/${view.id}?version=${changed.version}`).expect(
    204,
  );
  await backend.stop();
  return { taken, again, listed, exported, delivered };
}
