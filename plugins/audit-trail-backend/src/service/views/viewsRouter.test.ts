import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import request from 'supertest';
import {
  CLAIMS,
  ENGINEER,
  OWNER,
  startTrailBackend,
  STRANGER,
} from '../../__testUtils__/backend';
import { TestTrailDatabases } from '../../__testUtils__/databases';
import { savedView } from '../../__testUtils__/savedViews';
import { DatabaseAuditEventsStore } from '../../database/DatabaseAuditEventsStore';
import { DatabaseSavedViewsStore } from '../../database/DatabaseSavedViewsStore';
import { MAX_OWN_VIEWS, MAX_SHARED_VIEWS } from './DefaultSavedViews';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();
const BASE = '/api/audit-trail/v1/views';
/** A second Owner. */
const OTHER_OWNER = 'user:default/oscar';

describe.each(databases.eachSupportedId())('saved views on %s', databaseId => {
  let knex: Knex;
  let backend: TestBackend;

  beforeAll(async () => {
    CLAIMS[OTHER_OWNER] = [OTHER_OWNER, 'group:default/owners'];
    knex = await databases.init(databaseId);
    backend = await startTrailBackend({ knex });
  });
  beforeEach(async () => {
    await knex('audit_saved_views').delete();
    await knex('audit_events').delete();
  });
  afterAll(async () => {
    await backend.stop();
    delete CLAIMS[OTHER_OWNER];
  });

  const as = (user: string, { server } = backend) => {
    const header = mockCredentials.user.header(user);
    const send = async (
      method: 'get' | 'post' | 'patch' | 'delete',
      path: string,
      body?: object,
    ) =>
      request(server)
        [method](`${BASE}${path}`)
        .set('Authorization', header)
        .send(body);
    return {
      list: async () => (await send('get', '')).body,
      names: async () =>
        (await send('get', '')).body.items.map(
          ({ name }: { name: string }) => name,
        ),
      create: (body: object) => send('post', '', body),
      update: (id: string, body: object) => send('patch', `/${id}`, body),
      delete: (id: string, query: string) => send('delete', `/${id}${query}`),
    };
  };
  const recorded = async () =>
    (
      await DatabaseAuditEventsStore.create({ knex }).list({
        criteria: { filter: { sources: ['plugin:audit-trail'] } },
        order: 'asc',
        limit: 100,
      })
    ).map(({ type, actor, resource, changes }) => ({
      type,
      actor: actor.id,
      resource: resource.name,
      changes,
    }));

  it('keep a query under a name, in one spelling', async () => {
    const { status, body } = await as(ENGINEER).create({
      name: '  Harmful   ones ',
      query: '?views=shown&harmful=true&category=b&category=a',
    });
    expect([status, body]).toEqual([
      201,
      {
        id: expect.stringMatching(/^[\da-f-]{36}$/),
        name: 'Harmful ones',
        query: 'category=a&category=b&harmful=true&range=90d&views=shown',
        shared: false,
        version: 1,
        createdBy: ENGINEER,
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
        updatedBy: ENGINEER,
        updatedAt: body.createdAt,
      },
    ]);
    expect(await as(ENGINEER).list()).toEqual({
      items: [body],
      mayShare: false,
    });
    const changed = await as(ENGINEER).update(body.id, {
      version: 1,
      name: 'b',
      query: 'from=2026-01-01',
    });
    expect([changed.status, changed.body]).toEqual([
      200,
      {
        ...body,
        name: 'b',
        query: 'from=2026-01-01T00%3A00%3A00.000Z',
        version: 2,
        updatedAt: expect.any(String),
      },
    ]);
    await as(ENGINEER).create({ name: 'A', query: '' });
    expect(await as(ENGINEER).names()).toEqual(['A', 'b']);
    expect((await as(ENGINEER).delete(body.id, '?version=2')).status).toBe(204);
    expect(await as(ENGINEER).names()).toEqual(['A']);
    // What people keep for themselves is no news for the trail.
    expect(await recorded()).toEqual([]);
  });

  it('are one’s own, unless an Owner shares them', async () => {
    const { body: own } = await as(OWNER).create({ name: 'Own', query: '' });
    const { body: shared } = await as(OWNER).create({
      name: 'Shared',
      query: 'harmful=true',
      shared: true,
    });
    await as(ENGINEER).create({ name: 'Engineer’s', query: '' });
    expect(await as(OWNER).names()).toEqual(['Own', 'Shared']);
    expect(await as(OTHER_OWNER).names()).toEqual(['Shared']);
    expect(await as(ENGINEER).names()).toEqual(['Engineer’s']);
    expect(await as(STRANGER).names()).toEqual([]);
    for (const user of [ENGINEER, STRANGER]) {
      for (const { id } of [own, shared]) {
        const unknown = await as(user).delete(
          '00000000-0000-4000-8000-000000000000',
          '?version=1',
        );
        const changed = await as(user).update(id, { version: 1, query: '' });
        const deleted = await as(user).delete(id, '?version=1');
        expect([changed.status, deleted.status]).toEqual([404, 404]);
        expect(deleted.body.error).toEqual(unknown.body.error);
        expect(changed.body.error).toEqual(unknown.body.error);
      }
      const refused = await as(user).create({
        name: 'X',
        query: '',
        shared: true,
      });
      expect([refused.status, refused.body.error.message]).toEqual([
        403,
        'Shared views are changed by Owners',
      ]);
    }
    // An own view cannot be shared by somebody who is no Owner.
    const [{ id }] = (await as(ENGINEER).list()).items;
    const sharing = await as(ENGINEER).update(id, { version: 1, shared: true });
    expect(sharing.status).toBe(403);
    // Nor is another Owner's own view a shared one.
    const taken = await as(OTHER_OWNER).update(own.id, {
      version: 1,
      shared: true,
    });
    expect(taken.status).toBe(404);
  });

  it('are recorded when they are shared, changed and taken back', async () => {
    const { body: view } = await as(OWNER).create({ name: 'V', query: '' });
    await as(OWNER).update(view.id, { version: 1, shared: true });
    await as(OTHER_OWNER).update(view.id, { version: 2, query: 'q=x' });
    const { body: back } = await as(OTHER_OWNER).update(view.id, {
      version: 3,
      shared: false,
    });
    expect(back).toMatchObject({ shared: false, createdBy: OWNER });
    expect(await as(OWNER).names()).toEqual([]);
    expect(await as(OTHER_OWNER).names()).toEqual(['V']);
    await as(OTHER_OWNER).update(view.id, { version: 4, query: 'q=own' });
    await as(OTHER_OWNER).update(view.id, { version: 5, shared: true });
    await as(OWNER).delete(view.id, '?version=6');
    await as(OWNER).create({ name: 'W', query: 'q=y', shared: true });
    const event = (
      type: string,
      actor: string,
      changes: object[],
      resource = 'V',
    ) => ({ type: `audit-trail.view-${type}`, actor, resource, changes });
    const shared = (before: boolean, after: boolean) => ({
      path: 'shared',
      before,
      after,
    });
    expect(await recorded()).toEqual([
      event('modified', OWNER, [shared(false, true)]),
      event('modified', OTHER_OWNER, [
        { path: 'query', before: 'range=90d', after: 'q=x&range=90d' },
      ]),
      event('modified', OTHER_OWNER, [shared(true, false)]),
      event('modified', OTHER_OWNER, [shared(false, true)]),
      event('deleted', OWNER, [
        { path: 'name', before: 'V' },
        { path: 'query', before: 'q=own&range=90d' },
        { path: 'shared', before: true },
      ]),
      event(
        'created',
        OWNER,
        [
          { path: 'name', after: 'W' },
          { path: 'query', after: 'q=y&range=90d' },
          { path: 'shared', after: true },
        ],
        'W',
      ),
    ]);
  });

  it('are not changed by two people at once without their knowing', async () => {
    const { body: view } = await as(OWNER).create({
      name: 'V',
      query: '',
      shared: true,
    });
    const answers = await Promise.all(
      [OWNER, OTHER_OWNER, OWNER, OTHER_OWNER].map((user, at) =>
        as(user).update(view.id, { version: 1, query: `q=x${at}` }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 409, 409, 409]);
    const winner = answers.find(({ status }) => status === 200)!.body;
    expect((await as(OWNER).list()).items).toEqual([winner]);
    const late = await as(OWNER).delete(view.id, '?version=1');
    expect([late.status, late.body.error.message]).toEqual([
      409,
      `version: the view was changed meanwhile by ${winner.updatedBy}, and is version 2; read it again before you change it`,
    ]);
    expect(await recorded()).toHaveLength(2);
  });

  it('have different names, whatever their case', async () => {
    const { body: view } = await as(OWNER).create({ name: 'Ärger', query: '' });
    const message = 'name: there is a view of yours named "ÄRGER" already';
    const again = await as(OWNER).create({ name: 'ÄRGER', query: 'q=x' });
    expect([again.status, again.body.error.message]).toEqual([409, message]);
    const { body: other } = await as(OWNER).create({ name: 'B', query: '' });
    const renamed = await as(OWNER).update(other.id, {
      version: 1,
      name: 'ÄRGER',
    });
    expect([renamed.status, renamed.body.error.message]).toEqual([
      409,
      message,
    ]);
    // One may be spelled anew, and another list is another matter.
    expect(
      (await as(OWNER).update(view.id, { version: 1, name: 'ÄRGER' })).status,
    ).toBe(200);
    expect(
      (await as(OWNER).create({ name: 'ärger', query: '', shared: true }))
        .status,
    ).toBe(201);
    expect(
      (await as(OTHER_OWNER).create({ name: 'ärger', query: '' })).status,
    ).toBe(201);
    const shared = await as(OWNER).update(view.id, {
      version: 2,
      shared: true,
    });
    expect([shared.status, shared.body.error.message]).toEqual([
      409,
      'name: there is a shared view named "ÄRGER" already',
    ]);
  });

  it('are limited in number, also if they come at once', async () => {
    const store = DatabaseSavedViewsStore.create({ knex });
    const fill = async (ownerRef: string | undefined, count: number) => {
      for (let n = 0; n < count; n++) {
        await store.add(savedView({ ownerRef, name: `V${n}` }), count);
      }
    };
    await fill(OWNER, MAX_OWN_VIEWS - 2);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        as(OWNER).create({ name: `New ${n}`, query: '' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      201, 201, 409, 409, 409, 409,
    ]);
    const refused = answers.find(({ status }) => status === 409)!;
    expect(refused.body.error.message).toBe(
      'There are 100 views of yours already, which is the most; delete one first',
    );
    await fill(undefined, MAX_SHARED_VIEWS);
    const own = (await as(OWNER).list()).items[0];
    const sharing = await as(OWNER).update(own.id, {
      version: 1,
      shared: true,
    });
    expect([sharing.status, sharing.body.error.message]).toEqual([
      409,
      'There are 200 shared views already, which is the most; delete one first',
    ]);
    // Those that are there can still be changed.
    expect(
      (await as(OWNER).update(own.id, { version: 1, query: 'q=x' })).status,
    ).toBe(200);
  });

  it.each([
    [{ query: '' }, /^name: /],
    [{ name: ' ', query: '' }, /^name: must not be empty$/],
    [{ name: 'x'.repeat(81), query: '' }, /^name: has at most 80 characters$/],
    [{ name: 'a\nb', query: '' }, /^name: must not contain line breaks/],
    [{ name: 'a\u202eb', query: '' }, /^name: must not contain line breaks/],
    [{ name: 'a\0', query: '' }, /^name: must not contain line breaks/],
    [{ name: {}, query: '' }, /^name: /],
    [{ name: 'V' }, /^query: /],
    [{ name: 'V', query: 'cursor=x' }, /^query: cursor: is no part of a view/],
    [{ name: 'V', query: 'outcome=x' }, /^query: outcome: "x" is none of/],
    [{ name: 'V', query: '', shared: 'yes' }, /^shared: /],
    [{ name: 'V', query: '', ownerRef: OWNER }, /ownerRef/],
    [[], /^body: /],
  ])('refuse %j', async (body, message) => {
    const { status, body: answer } = await as(OWNER).create(body);
    expect([status, answer.error.message]).toEqual([
      400,
      expect.stringMatching(message),
    ]);
    expect(await as(OWNER).names()).toEqual([]);
  });

  it('refuse changes that do not say of what', async () => {
    const { body: view } = await as(OWNER).create({ name: 'V', query: '' });
    const change = await as(OWNER).update(view.id, { name: 'W' });
    expect([change.status, change.body.error.message]).toEqual([
      400,
      'version: must be the version that is changed',
    ]);
    for (const query of ['', '?version=', '?version=x', '?version=1.5']) {
      const { status, body } = await as(OWNER).delete(view.id, query);
      expect([status, body.error.message]).toEqual([
        400,
        expect.stringMatching(/^version: /),
      ]);
    }
    for (const query of ['?version=1&version=2', '?version=1&force=1']) {
      expect((await as(OWNER).delete(view.id, query)).status).toBe(400);
    }
    for (const id of ['x', '%00', `${view.id}x`, '..%2f']) {
      expect((await as(OWNER).delete(id, '?version=1')).status).toBe(404);
    }
    expect(await as(OWNER).names()).toEqual(['V']);
  });

  it('follow the portal’s policy', async () => {
    await as(OWNER).create({ name: 'Shared', query: '', shared: true });
    const withPolicy = (permissions: object) =>
      startTrailBackend({ knex, permissions: permissions as {} });
    const readOnly = await withPolicy({
      'audit-trail.view.update': AuthorizeResult.DENY,
    });
    const { items, mayShare } = await as(OWNER, readOnly).list();
    expect([items.length, mayShare]).toEqual([1, false]);
    const { status } = await as(OWNER, readOnly).delete(
      items[0].id,
      '?version=1',
    );
    expect(status).toBe(403);
    await readOnly.stop();

    const noPage = await withPolicy({
      'audit-trail.access': AuthorizeResult.DENY,
    });
    expect(await as(OWNER, noPage).list()).toEqual({
      items: [],
      mayShare: false,
    });
    await noPage.stop();
  });
});
