import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { knex as createKnex, type Knex } from 'knex';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { openDatabase } from '../database/migrate';
import { useTrail } from './__testUtils__/useTrail';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();
const DOCUMENT = path.resolve(__dirname, '../../../../docs/operations.md');
const ROLE = 'audit_trail_app';

/** The statements of the documentation. */
function statements(): string[] {
  const [, sql] = /```sql\n([\s\S]*?)```/.exec(readFileSync(DOCUMENT, 'utf8'))!;
  return sql
    .split(';')
    .map(statement => statement.trim())
    .filter(Boolean);
}

const postgres = databases
  .eachSupportedId()
  .filter(([id]) => id.startsWith('POSTGRES'));

describe.each(postgres)('a role that can only append, on %s', databaseId => {
  let admin: Knex;
  let app: Knex;

  beforeAll(async () => {
    admin = await databases.init(databaseId);
    await admin.raw(
      `do $$ begin create role ${ROLE} login password 'app'; exception when duplicate_object then null; end $$`,
    );
    for (const statement of statements()) {
      await admin.raw(statement);
    }
    const connection = await admin.client.acquireConnection();
    const { host, port, database } = connection.connectionParameters;
    await admin.client.releaseConnection(connection);
    app = createKnex({
      client: 'pg',
      connection: { host, port, database, user: ROLE, password: 'app' },
    });
  });

  afterAll(async () => {
    await app?.destroy();
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('does with the plugin all that is done with a trail', async () => {
    // The database service of a portal that has `skipMigrations`; without it
    // the role would fail at the first look at what is migrated.
    await admin.raw(
      `revoke all on knex_migrations, knex_migrations_lock from ${ROLE}`,
    );
    const { factory } = mockServices.database;
    jest
      .spyOn(mockServices.database, 'factory')
      .mockImplementation(() =>
        factory({ knex: app, migrations: { skip: true } }),
      );
    const { taken, again, listed, exported, delivered } = await useTrail(app);
    expect(taken.length).toBeGreaterThan(5);
    expect(again).toMatchObject({ accepted: 0, duplicates: taken.length });
    expect(listed).toEqual(taken);
    expect(exported).toEqual(taken);
    expect(delivered).toEqual(taken);
    await expect(
      openDatabase(mockServices.database({ knex: app })),
    ).rejects.toThrow(/permission denied/);
  });

  it.each([
    `update audit_events set actor_id = 'nobody'`,
    'delete from audit_events',
    'truncate audit_events cascade',
    'delete from audit_event_resources',
    'drop table audit_events',
    'alter table audit_events disable trigger all',
  ])('cannot %s', async statement => {
    await expect(app.raw(statement)).rejects.toThrow(
      /permission denied|must be owner/,
    );
  });
});
