import { readFileSync } from 'node:fs';
import path from 'node:path';
import { knex as createKnex, type Knex } from 'knex';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent } from '../__testUtils__/events';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';

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

  it('takes events in and reads them', async () => {
    const store = DatabaseAuditEventsStore.create({ knex: app });
    const events = [auditEvent(), auditEvent()];
    expect((await store.append(events)).size).toBe(2);
    expect((await store.append(events)).size).toBe(0);
    const read = await store.list({
      criteria: { filter: {} },
      order: 'asc',
      limit: 10,
    });
    expect(read).toHaveLength(2);
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
