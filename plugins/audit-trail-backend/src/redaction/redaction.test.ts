import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import {
  auditEventSearchText,
  type AuditEvent,
} from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import request from 'supertest';
import { OWNER, SECRET, startTrailBackend } from '../__testUtils__/backend';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { eventInput } from '../__testUtils__/events';
import {
  RecordingDestination,
  recordingModule,
} from '../__testUtils__/recordingForwarder';
import { sign } from '../__testUtils__/segment';
import { waitUntil } from '../__testUtils__/waitUntil';
import { normaliseEvent } from '../ingest/normaliseEvent';
import { plantSecrets } from './__testUtils__/secrets';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();
const BASE = '/api/audit-trail/v1';
const TABLES = [
  'audit_events',
  'audit_event_resources',
  'audit_views',
  'audit_deliveries',
  'audit_destinations',
  'audit_destination_status',
  'audit_destination_hours',
  'audit_settings',
];
const TOKEN = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';
const ORIGIN = { source: 'external:deploys', intake: 'http' };

describe.each(databases.eachSupportedId())('redaction on %s', databaseId => {
  let knex: Knex;
  let backend: TestBackend;
  let sent: AuditEvent[];

  async function start(redaction: object = {}) {
    const destination = new RecordingDestination();
    sent = [];
    destination.answer = events => sent.push(...events);
    backend = await startTrailBackend({
      knex,
      features: [recordingModule({ data: destination })],
      config: {
        app: { baseUrl: 'https://portal.example.com' },
        auditTrail: {
          owners: ['group:default/owners'],
          intake: { segment: { secret: SECRET } },
          forwarding: {
            destinations: {
              data: {
                type: 'recording',
                filter: { 'not.category': 'audit-trail' },
              },
            },
          },
          redaction,
        },
      },
    });
  }

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await start();
  });
  afterEach(() => backend.stop());

  const post = (events: unknown[]) =>
    request(backend.server)
      .post(`${BASE}/events`)
      .set(
        'Authorization',
        mockCredentials.service.header({
          onBehalfOf: mockCredentials.service('external:deploys'),
          targetPluginId: 'audit-trail',
        }),
      )
      .send({ events });
  const deliver = (body: unknown) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return request(backend.server)
      .post(`${BASE}/intake/segment`)
      .set('Authorization', mockCredentials.none.header())
      .set('Content-Type', 'application/json')
      .set('X-Signature', sign(text))
      .send(text);
  };
  const get = (path: string) =>
    request(backend.server)
      .get(`${BASE}${path}`)
      .set('Authorization', mockCredentials.user.header(OWNER));
  const delivery = (messageId: string, details: object) => ({
    type: 'track',
    event: 'Audit',
    userId: 'u1',
    messageId,
    timestamp: '2026-03-01T10:00:00.000Z',
    properties: { type: 'Source Modified', workspace_id: 'ws1', details },
  });

  it('keeps secrets out of the database, the API, files and destinations', async () => {
    const planted = plantSecrets(120, 7);
    const events = planted.map(({ details }, at) =>
      eventInput({ details, sourceEventId: at % 2 ? `e-${at}` : undefined }),
    );
    events.push(
      eventInput({
        type: `Used ${TOKEN}`,
        correlationId: TOKEN,
        actor: { type: 'service', id: 'ci', name: TOKEN, email: TOKEN },
        resource: { key: 'segment:source:s1', name: `https://jo:${TOKEN}@x` },
        changes: [
          { path: 'settings.apiKey', before: 'old-word', after: 'new-word' },
          { path: `env[${TOKEN}]`, before: { a: [TOKEN] } },
        ],
      }),
    );
    const first = await post(events).expect(201);
    expect(first.body.accepted).toBe(events.length);
    const deliveries = planted.map(({ details }, at) =>
      delivery(`m-${at}`, details),
    );
    // A name that is cut at 512 characters, in the middle of a token.
    deliveries.push(
      delivery('long', { target: `${'long '.repeat(98)}${TOKEN} and more` }),
    );
    const intake = await deliver(deliveries).expect(200);
    expect(intake.body.accepted).toBe(deliveries.length);
    const count = events.length + deliveries.length;

    const rows = await Promise.all(TABLES.map(table => knex(table)));
    expect(rows[0].length).toBeGreaterThanOrEqual(count);
    const listed = await get('/events?limit=500&not.category=audit-trail');
    expect(listed.body.items).toHaveLength(count);
    const csv = await get('/events/export?format=csv').expect(200);
    await waitUntil('all are sent', () => sent.length === count);

    const places = {
      database: JSON.stringify(rows),
      list: listed.text,
      file: csv.text,
      destination: JSON.stringify(sent),
      search: sent.map(auditEventSearchText).join(' '),
    };
    const secrets = [
      ...planted.map(({ secret }) => secret),
      ...planted.map(({ secret }) => secret.toLowerCase()),
      ...[TOKEN, 'ghp_0123456789', 'old-word', 'new-word'],
    ];
    for (const [place, text] of Object.entries(places)) {
      const found = secrets.filter(secret => text.includes(secret));
      expect({ place, found }).toEqual({ place, found: [] });
      expect(text).toMatch(/redacted/);
    }
  });

  it('shows whether a secret was changed, and leaves ids and keys alone', async () => {
    const change = (before: string, after: string) => ({
      path: 'auth.password',
      before,
      after,
    });
    const { body } = await post([
      eventInput({
        actor: { type: 'access-token', id: 'AKIAABCDEFGHIJKLMNOP' },
        resource: { key: 'vault:secret:token=abc1' },
        changes: [change('a', 'a'), change('a', 'b')],
      }),
    ]);
    const { body: event } = await get(`/events/${body.ids[0]}`);
    expect(event).toMatchObject({
      actor: { id: 'AKIAABCDEFGHIJKLMNOP' },
      resource: { key: 'vault:secret:token=abc1' },
      resources: ['vault:secret:token=abc1'],
    });
    const [same, other] = event.changes;
    expect(same.before).toMatch(/^\[redacted:[0-9a-f]{8}\]$/);
    expect(same.after).toBe(same.before);
    expect(other.before).toBe(same.before);
    expect(other.after).not.toBe(same.before);
  });

  it('makes ids of what is stored, the same after a restart', async () => {
    const input = {
      ...eventInput({ details: { password: '4711' } }),
      sourceEventId: undefined,
    };
    const first = await post([input]).expect(201);
    await backend.stop();
    await start();
    const second = await post([input]).expect(201);
    expect(second.body).toEqual({
      accepted: 0,
      duplicates: 1,
      ids: first.body.ids,
    });

    // The secret has no part in the id but by its marker, so that the id does
    // not tell which of a few possible secrets it was.
    const { body: event } = await get(`/events/${first.body.ids[0]}`);
    const now = new Date();
    expect(normaliseEvent(input, ORIGIN, now).id).not.toBe(event.id);
    expect(
      normaliseEvent({ ...input, details: event.details }, ORIGIN, now).id,
    ).toBe(event.id);
  });

  it('takes further keys and exceptions from the configuration', async () => {
    await backend.stop();
    await start({ keys: ['partnerCode'], allow: ['colourToken'] });
    const details = { partner_code: 'x', colour_token: 'red', token: 'y' };
    const { body } = await post([eventInput({ details })]);
    const { body: event } = await get(`/events/${body.ids[0]}`);
    expect(event.details).toEqual({
      partner_code: expect.stringMatching(/^\[redacted:/),
      colour_token: 'red',
      token: expect.stringMatching(/^\[redacted:/),
    });
    await backend.stop();
    await expect(start({ keys: ['--'] })).rejects.toThrow(
      /auditTrail.redaction.keys\[0\]: "--" must be a key/,
    );
    await start();
  });

  it('quotes no secret in an answer that refuses', async () => {
    const bad = { ...eventInput(), details: { password: TOKEN, deep: {} } };
    const refused = [
      await post([{ ...bad, type: 5 }]),
      await post([{ ...bad, details: [TOKEN] }]),
      await post([{ ...bad, changes: [{ before: TOKEN }] }]),
      await post([{ ...bad, severity: TOKEN }]),
      await deliver(`{"token":"x" ${TOKEN}`),
      await deliver(`${TOKEN}`),
      await request(backend.server)
        .post(`${BASE}/events`)
        .set(
          'Authorization',
          mockCredentials.service.header({
            onBehalfOf: mockCredentials.service('external:deploys'),
            targetPluginId: 'audit-trail',
          }),
        )
        .set('Content-Type', 'application/json')
        .send(TOKEN),
    ];
    for (const { status, text } of refused) {
      expect(status).toBe(400);
      expect(text).not.toContain('ghp_');
    }
  });
});
