import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createMockDirectory,
  mockServices,
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import { knex as createKnex, type Knex } from 'knex';
import { auditEvent } from '../__testUtils__/events';
import { schemaOf } from './__testUtils__/schemaOf';
import { DatabaseAuditEventsStore } from './DatabaseAuditEventsStore';
import { applyMigrations, MIGRATIONS } from './migrate';

jest.setTimeout(600_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const postgres = databases
  .eachSupportedId()
  .filter(([id]) => id.startsWith('POSTGRES'));
const ALL = readdirSync(MIGRATIONS).sort();
const files = createMockDirectory();

let open: Knex[] = [];
let readers: Knex.Transaction[] = [];
afterEach(async () => {
  await Promise.all(readers.map(reader => reader.rollback()));
  readers = [];
  await Promise.all(open.map(knex => knex.destroy()));
  open = [];
});

/** One more pool of connections, as another process has. */
function connect(config: Knex.Config): Knex {
  const knex = createKnex(config);
  open.push(knex);
  return knex;
}

let count = 0;
/** An empty database that other processes can connect to, too. */
async function emptyDatabase(databaseId: TestDatabaseId): Promise<Knex.Config> {
  if (databaseId === 'SQLITE_3') {
    count++;
    return {
      client: 'better-sqlite3',
      connection: { filename: files.resolve(`${count}.sqlite`) },
      useNullAsDefault: true,
    };
  }
  const { client, connection } = (await databases.init(databaseId)).client
    .config;
  // knex hides the password from whoever copies all there is.
  return {
    client,
    connection: { ...connection, password: connection.password },
  };
}

/** The schema of a start that nothing disturbed. */
async function undisturbed(databaseId: TestDatabaseId): Promise<string[]> {
  const knex = connect(await emptyDatabase(databaseId));
  await applyMigrations(knex);
  return schemaOf(knex);
}

async function expectComplete(knex: Knex, schema: string[]) {
  expect(await schemaOf(knex)).toEqual(schema);
  expect(await knex('knex_migrations').orderBy('id').pluck('name')).toEqual(
    ALL,
  );
  expect(await knex('knex_migrations_lock').pluck('is_locked')).toEqual([0]);
}

describe.each(postgres)('replicas that start at once on %s', databaseId => {
  it('all succeed, wherever the schema stands', async () => {
    const schema = await undisturbed(databaseId);
    expect(schema.length).toBeGreaterThan(100);
    for (let n = 0; n < 10; n++) {
      const config = await emptyDatabase(databaseId);
      const replicas = [1, 2, 3].map(() => connect(config));
      // Every other one is half-way.
      const done = n % 2 === 0 ? 0 : n;
      for (let at = 0; at < done; at++) {
        await replicas[0].migrate.up({ directory: MIGRATIONS });
      }
      await Promise.all(replicas.map(knex => applyMigrations(knex)));
      await expectComplete(replicas[0], schema);
      // A later start finds nothing to do.
      await applyMigrations(replicas[1], { maxWaitMs: 0 });
    }
  });

  it('say what they wait for, and do not wait for ever', async () => {
    const config = await emptyDatabase(databaseId);
    const logger = mockServices.logger.mock();
    const slow = files.resolve('slow');
    files.addContent({
      'slow/29990101000000_slow.js': `
        exports.up = knex => knex.raw('select pg_sleep(3)');
        exports.down = async () => {};`,
    });
    const first = applyMigrations(connect(config), { directories: [slow] });
    await delay(1_000);
    await expect(
      applyMigrations(connect(config), { logger, maxWaitMs: 1_000 }),
    ).rejects.toThrow(
      'The schema of the Audit Trail could not be brought up to date within 1 seconds: another backend is bringing it up to date. See what that one waits for, or end it; then start again',
    );
    await first;
    expect(logger.warn.mock.calls).toEqual([
      [
        'Waiting with the schema of the Audit Trail: another backend is bringing it up to date',
      ],
    ]);
  });
});

/**
 * Starts in a process of its own.
 *
 * @returns how long it took, or undefined if it was killed
 */
async function start(
  config: Knex.Config,
  killAfterMs?: number,
): Promise<number | undefined> {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      path.join(__dirname, '__testUtils__', 'migrate.ts'),
      JSON.stringify(config),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const closed = once(child, 'close');
  let began = 0;
  let tookMs: number | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'begin') {
      began = performance.now();
      if (killAfterMs !== undefined) {
        setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      }
    } else if (line === 'done') {
      tookMs = performance.now() - began;
    }
  }
  await closed;
  return tookMs;
}

describe.each(databases.eachSupportedId())(
  'kill -9 in the midst of migrations on %s',
  databaseId => {
    it('leaves nothing that the next start stumbles over', async () => {
      const schema = await undisturbed(databaseId);
      const tookMs = await start(await emptyDatabase(databaseId));
      let kills = 0;
      let inTheMidst = 0;
      while (kills < 10 || inTheMidst < 3) {
        expect(kills).toBeLessThan(40);
        const config = await emptyDatabase(databaseId);
        const done = await start(config, Math.random() * tookMs!);
        kills += done === undefined ? 1 : 0;
        const knex = connect(config);
        const begun = await knex.schema.hasTable('knex_migrations_lock');
        const locks = begun
          ? await knex('knex_migrations_lock').pluck('is_locked')
          : [0];
        expect(locks).toEqual([0]);
        const names = begun ? await knex('knex_migrations').pluck('name') : [];
        inTheMidst += names.length > 0 && names.length < ALL.length ? 1 : 0;
        await applyMigrations(knex, { maxWaitMs: 10_000 });
        await expectComplete(knex, schema);
        await applyMigrations(knex, { maxWaitMs: 0 });
      }
    });
  },
);

describe.each(postgres)('a migration on a table in use on %s', databaseId => {
  async function createBusy() {
    const config = await emptyDatabase(databaseId);
    const knex = connect(config);
    await applyMigrations(knex);
    const store = DatabaseAuditEventsStore.create({ knex });
    await store.append([auditEvent()]);
    const reader = await connect(config).transaction();
    readers.push(reader);
    await reader('audit_events').select();
    files.addContent({
      'later/29990101000000_later.js': `
        exports.up = knex => knex.raw('alter table audit_events add column later text');
        exports.down = knex => knex.raw('alter table audit_events drop column later');`,
    });
    return {
      ...{ config, knex, reader, store },
      directories: [MIGRATIONS, files.resolve('later')],
    };
  }

  it('lets others write while it waits, and comes to its end', async () => {
    const { config, knex, reader, store, directories } = await createBusy();
    const replicas = [1, 2, 3].map(() => connect(config));
    let through = 0;
    const starts = replicas.map(replica =>
      applyMigrations(replica, { directories }).then(() => through++),
    );
    const waits: number[] = [];
    const timed = async (work: PromiseLike<unknown>) => {
      const began = performance.now();
      await work;
      waits.push(performance.now() - began);
    };
    const end = performance.now() + 8_000;
    while (performance.now() < end) {
      await timed(store.append([auditEvent()]));
      await timed(knex('audit_events').select('id').first());
    }
    expect(through).toBe(0);
    // It has been in their way, but not for long.
    expect(Math.max(...waits)).toBeGreaterThan(300);
    expect(Math.max(...waits)).toBeLessThan(1_000);
    expect(waits.length).toBeGreaterThan(50);
    await reader.rollback();
    await Promise.all(starts);
    expect(await knex.schema.hasColumn('audit_events', 'later')).toBe(true);
  });

  it('gives up after a while, and says what to do', async () => {
    const { config, reader, directories } = await createBusy();
    const knex = connect(config);
    await expect(
      applyMigrations(knex, { directories, maxWaitMs: 500 }),
    ).rejects.toThrow(
      'a long transaction uses a table that has to be changed. Find it in pg_stat_activity, and end it; then start again',
    );
    await reader.rollback();
    await applyMigrations(knex, { directories });
    expect(await knex.schema.hasColumn('audit_events', 'later')).toBe(true);
  });
});
