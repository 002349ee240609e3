import { createBackendModule } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { RESOURCE_TYPE_AUDIT_TRAIL_EVENT } from 'backstage-plugin-audit-trail-common';
import request, { type Response } from 'supertest';
import { ENGINEER, OWNER, STRANGER } from '../__testUtils__/backend';
import { callersOf, type Proof } from '../__testUtils__/callers';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent, eventInput } from '../__testUtils__/events';
import { startPortal, type Portal } from '../__testUtils__/portal';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();

const EVENTS = Array.from({ length: 6 }, (_, at) =>
  auditEvent({
    resource: { key: at % 2 ? 'segment:source:s1' : 'segment:warehouse:w1' },
  }),
);
const [HIDDEN] = EVENTS;
const UNKNOWN_ID = HIDDEN.id.replace(/.$/, last => (last === '0' ? '1' : '0'));

/** Refused by Backstage itself, before the request reaches the plugin. */
const REFUSED_BEFORE = [
  'nobody',
  'a token that is not valid',
  'an expired token',
  'a service restricted to another plugin',
];

/** A policy that is against Owners. */
const AGAINST_OWNERS = createBackendModule({
  pluginId: 'permission',
  moduleId: 'against-owners',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy({
          handle: async (_query, user) => ({
            result:
              user?.info.userEntityRef === OWNER
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          }),
        });
      },
    });
  },
});

describe('access in a portal with real authentication', () => {
  let portal: Portal;
  let proofs: Record<string, Proof[]>;

  beforeAll(async () => {
    const [databaseId] = databases.eachSupportedId().pop()!;
    const knex = await databases.init(databaseId);
    await DatabaseAuditEventsStore.create({ knex }).append(EVENTS);
    portal = await startPortal({ knex });
    proofs = await callersOf(portal);
  });

  const get = async (address: string, proof: Proof): Promise<Response> =>
    request(portal.server).get(`/api/audit-trail/v1${address}`).set(proof);
  const as = async (userRef: string): Promise<Proof> => ({
    Authorization: `Bearer ${await portal.signIn(userRef)}`,
  });

  it('refuses an expired token for nothing but its age', async () => {
    const [{ Authorization }] = proofs['an expired token'];
    const token = Authorization.replace('Bearer ', '');
    const keys = createRemoteJWKSet(
      new URL(
        `http://localhost:${portal.server.port()}/api/auth/.well-known/jwks.json`,
      ),
    );
    const { iat, sub } = decodeJwt(token);
    expect(sub).toBe(OWNER);
    await expect(jwtVerify(token, keys)).rejects.toThrow('"exp" claim');
    await expect(
      jwtVerify(token, keys, { currentDate: new Date(iat! * 1000) }),
    ).resolves.toBeDefined();
  });

  describe('lets nothing be kept by a cache', () => {
    const ADDRESSES = [
      '/events',
      '/events?limit=none',
      `/events/${HIDDEN.id}`,
      `/events/${UNKNOWN_ID}`,
      '/events/facets',
      '/events/histogram',
      '/events/export',
      '/events/export?format=none',
      '/activities',
      '/access',
      '/none',
    ];

    const anyoneBut = (names: string[]) =>
      Object.keys(proofs).filter(who => !names.includes(who));
    const answerTo = (who: string, { headers, status }: Response) => ({
      who,
      status,
      cacheControl: headers['cache-control'],
    });

    it.each(ADDRESSES)('GET %s', async address => {
      for (const who of anyoneBut(REFUSED_BEFORE)) {
        const response = await get(address, proofs[who][0]);
        expect(answerTo(who, response)).toEqual({
          who,
          status: expect.any(Number),
          cacheControl: expect.stringMatching(/^no-store\b/),
        });
      }
    });

    it('POST /events', async () => {
      for (const who of anyoneBut(REFUSED_BEFORE)) {
        const response = await request(portal.server)
          .post('/api/audit-trail/v1/events')
          .set(proofs[who][0])
          .send({ events: [eventInput()] });
        expect(answerTo(who, response)).toEqual({
          who,
          status: expect.any(Number),
          cacheControl: 'no-store',
        });
      }
    });

    it('POST /intake/segment', async () => {
      const { headers, status } = await request(portal.server)
        .post('/api/audit-trail/v1/intake/segment')
        .set('X-Signature', '')
        .send({});
      expect([status, headers['cache-control']]).toEqual([401, 'no-store']);
    });
  });

  it('refuses before it looks at what is asked for', async () => {
    for (const who of [...REFUSED_BEFORE, 'a service']) {
      const [proof] = proofs[who];
      const answers = await Promise.all(
        [HIDDEN.id, UNKNOWN_ID, 'none'].map(async id => {
          const { status, text } = await get(`/events/${id}`, proof);
          return [status, text.split(id).join('<id>')];
        }),
      );
      expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    }
  });

  it.each([STRANGER, ENGINEER])(
    'answers %s alike on what is hidden and on what does not exist',
    async userRef => {
      const proof = await as(userRef);
      const answer = async (id: string) => {
        const { headers, status, text } = await get(`/events/${id}`, proof);
        return {
          status,
          text: text.split(id).join('<id>'),
          headers: Object.keys(headers),
          length: headers['content-length'],
        };
      };
      const hidden = await answer(HIDDEN.id);
      expect(hidden.status).toBe(404);
      expect(hidden).toEqual(await answer(UNKNOWN_ID));
      expect(await answer(HIDDEN.id.toUpperCase())).toEqual(hidden);
    },
  );

  it('tells a service nothing of an event, whatever condition it asks about', async () => {
    const condition = {
      rule: 'HAS_RESOURCE',
      resourceType: RESOURCE_TYPE_AUDIT_TRAIL_EVENT,
      params: { keys: [HIDDEN.resource.key] },
    };
    const ask = async (who: string, conditions: object) => {
      const { body, status } = await request(portal.server)
        .post(
          '/api/audit-trail/.well-known/backstage/permissions/apply-conditions',
        )
        .set(proofs[who][0])
        .send({
          items: [
            {
              id: '1',
              resourceRef: HIDDEN.id,
              resourceType: RESOURCE_TYPE_AUDIT_TRAIL_EVENT,
              conditions,
            },
          ],
        });
      return [who, status, body.items];
    };
    for (const who of ['a service', 'a service restricted to recording']) {
      expect(await ask(who, condition)).toEqual(
        await ask(who, { not: condition }),
      );
    }
  });

  describe('a cursor', () => {
    const cursorOf = async (proof: Proof, query = '') => {
      const { body } = await get(`/events?limit=1${query}`, proof);
      return { cursor: body.pageInfo.nextCursor as string, items: body.items };
    };

    it('serves whom and what it was made for, and nobody and nothing else', async () => {
      const [owner, engineer, stranger] = await Promise.all(
        [OWNER, ENGINEER, STRANGER].map(as),
      );
      const owners = await cursorOf(owner);
      const engineers = await cursorOf(engineer);
      const outcomes = await Promise.all(
        (
          [
            [engineer, `cursor=${engineers.cursor}`],
            [engineer, `cursor=${owners.cursor}`],
            [stranger, `cursor=${owners.cursor}`],
            [owner, `cursor=${engineers.cursor}`],
            [engineer, `cursor=${engineers.cursor}&workspace=ws1`],
            [engineer, `cursor=${engineers.cursor}&order=asc`],
            [engineer, `cursor=${engineers.cursor}x`],
            [engineer, 'cursor=none'],
          ] as [Proof, string][]
        ).map(async ([proof, query]) => get(`/events?${query}`, proof)),
      );
      const [{ body: page }, ...refused] = outcomes;
      expect(page.items).toHaveLength(2);
      for (const { status, body } of refused) {
        // To all of them the same, be it somebody's cursor or nobody's.
        expect([status, body.error]).toEqual([
          400,
          {
            name: 'InputError',
            message: expect.stringMatching(/^cursor: not valid here; /),
          },
        ]);
        expect(body.error).toEqual(refused[0].body.error);
      }
    });

    it('names no event that its reader has not seen', async () => {
      const { cursor, items } = await cursorOf(await as(ENGINEER));
      const [place] = cursor.split('.');
      expect(Buffer.from(place, 'base64url').toString()).toBe(
        `next.${items[0].id}`,
      );
    });
  });

  it('lets the policy in the permission backend narrow what is seen', async () => {
    const [[databaseId]] = databases.eachSupportedId();
    const knex = await databases.init(databaseId);
    await DatabaseAuditEventsStore.create({ knex }).append(EVENTS);
    portal = await startPortal({ knex, policy: AGAINST_OWNERS });
    const count = async (userRef: string) =>
      (await get('/events?source=segment', await as(userRef))).body.totalItems;
    expect(await count(OWNER)).toBe(0);
    expect(await count(ENGINEER)).toBe(3);
  });
});
